/** A part of a text, in UTF-16 units. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A span of a text, and what is to stand there. */
export interface Splice extends Span {
  readonly text: string
}
