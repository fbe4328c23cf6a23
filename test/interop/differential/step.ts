/** A table as the vectors write it: fields, then rows of JSON cells. */
export interface JsonTable {
  readonly schema: readonly (readonly [name: string, type: string, nullable: boolean])[]
  readonly rows: readonly (readonly unknown[])[]
}

/** One call of the reference by its own names, as in the vectors: `{ $ref }` is an earlier result, `{ $table }` records. */
export interface Call {
  readonly call: string
  readonly args: Readonly<Record<string, unknown>>
  readonly as?: string
}

/** Names a part of an earlier result, as `stream.locator`. */
export interface Take {
  readonly take: string
  readonly as: string
}

export type Step = Call | Take

export interface Outcome {
  readonly returns?: unknown
  readonly raises?: { readonly type: string; readonly message: string }
}

/** Steps with what each has taken, of ids and of times, when it is done. */
export interface Sequence {
  readonly steps: readonly Step[]
  readonly taken: readonly { readonly ids: number; readonly times: number }[]
}
