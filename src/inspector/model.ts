/**
 * What the page shows, as plain JSON: the one contract between the side that reads a catalog (view.ts, in Node) and
 * the side that draws it (client/, in a browser). Cells are text already, so that the page knows no Arrow type.
 */

/** A whole report: one catalog, or those that a run of failed tests left behind. */
export interface ReportView {
  readonly title: string
  /** The program and its version. */
  readonly generator: string
  /** When the report was made, ISO 8601. */
  readonly createdAt: string
  readonly catalogs: readonly CatalogView[]
}

/** One catalog. `nodes[0]` is the catalog itself; the others follow depth first. */
export interface CatalogView {
  readonly nodes: readonly NodeView[]
  /** The failed test that left this catalog behind. */
  readonly failure: FailureView | null
}

export type NodeKind = 'catalog' | 'namespace' | 'table' | 'version' | 'stream' | 'partition'

/** A name and its value, both as text. */
export type Fact = readonly [name: string, value: string]

/** One level of the hierarchy, except the deltas: a partition has those in pages. */
export interface NodeView {
  readonly kind: NodeKind
  /** 0 for the catalog, 5 for a partition. */
  readonly depth: number
  readonly name: string
  /** The path that fixtures and messages use; the catalog's is its file. */
  readonly path: string
  /** A commit state or a lifecycle state; `null` for a catalog, namespace or table. */
  readonly state: string | null
  /** A few words beside the name: `3 deltas`. */
  readonly summary: string
  readonly facts: readonly Fact[]
  /** What stands below it; `null` where that could not be read. */
  readonly totals: TotalsView | null
  /** A version's columns, as rows of a table (name, type, notes); `null` where there is no schema to read. */
  readonly schema: TableView | null
  readonly deltas: DeltaListView | null
}

/** What the levels below a node add up to. */
export interface TotalsView {
  /** How many there are of each kind (`table` to `partition`, `delta`) in each state; of a kind without states in `''`. */
  readonly states: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** Rows of all deltas, as they were written. */
  readonly records: number
  /** Of these rows, as stored. */
  readonly bytes: number
}

/** The deltas of a partition in the order of their positions, staged ones among them. */
export interface DeltaListView {
  readonly count: number
  /** Chunks of {@link DELTAS_PER_PAGE} deltas each: `readonly DeltaView[]`. */
  readonly pages: readonly number[]
  /** The chunk of the {@link LineageView}; `null` where it could not be worked out: `lineageNote` says why. */
  readonly lineage: number | null
  readonly lineageNote: string | null
  /** The columns of the merged view, and of what a delta changed. */
  readonly columns: readonly ColumnView[]
  /** The columns by which rows replace one another. */
  readonly primaryKeys: readonly string[]
  readonly sortKeys: readonly string[]
}

/** How many deltas stand in one chunk, and how many rows in one page of records. */
export const DELTAS_PER_PAGE = 500
export const ROWS_PER_PAGE = 1000

export interface DeltaView {
  /** Its label, or its number among the partition's deltas: what stands after `#` in a path. */
  readonly name: string
  readonly position: number | null
  readonly type: string
  /** `staged` or `committed`; `deprecated` where its partition or stream is. */
  readonly state: string
  readonly records: number | null
  readonly bytes: number | null
  /** What it did to the rows before it; `null` for a staged delta, or where that is unknown. */
  readonly effect: EffectView | null
  readonly facts: readonly Fact[]
  /** Its manifest's entries, as rows of a table. */
  readonly manifest: TableView | null
  /** Where its rows stand: [chunk, slot] for each {@link ROWS_PER_PAGE} rows. */
  readonly pages: readonly (readonly [chunk: number, slot: number])[]
  /** Why there are no rows here although it has some; `null` otherwise. */
  readonly recordsNote: string | null
}

/** Counts of rows. */
export interface EffectView {
  readonly added: number
  readonly changed: number
  readonly removed: number
}

export type ColumnKind = 'number' | 'text' | 'time' | 'boolean' | 'binary' | 'nested' | 'unknown'

export interface ColumnView {
  readonly name: string
  /** As the fixture DSL spells it; empty in a table that holds no records (a schema, a manifest). */
  readonly type: string
  readonly kind: ColumnKind
}

/** A cell as text; `null` is null. */
export type CellText = string | null

/** A table, by column. */
export interface TableView {
  readonly columns: readonly ColumnView[]
  /** One list for each column, all of the same length. */
  readonly cells: readonly (readonly CellText[])[]
}

/**
 * The life of every row of a partition, in the order in which the merged view shows them. A row comes into being with
 * delta `born` (its `row`-th record) and goes with delta `gone` (-1: it is still there): the merged view at a delta is
 * those with `born <= delta < gone`. All numbers index the partition's list of deltas.
 */
export interface LineageView {
  readonly born: readonly number[]
  readonly row: readonly number[]
  readonly gone: readonly number[]
  /** The row (an index of this list) that it took the place of, or -1. */
  readonly before: readonly number[]
}

/** A failed test. */
export interface FailureView {
  readonly test: string
  readonly file: string
  readonly errors: readonly FailureErrorView[]
}

export interface FailureErrorView {
  /** Plain text. */
  readonly message: string
  readonly comparison: ComparisonView | null
  /** What was expected and found of schemas, of entities and of their facts. */
  readonly differences: readonly DifferenceView[]
  /** How many more differences there are than those. */
  readonly moreDifferences: number
}

/** One thing of which a test expected something else than it found. */
export interface DifferenceView {
  /** A column, a path, a place in a list. */
  readonly what: string
  /** `null`: it is not expected to be there. */
  readonly expected: string | null
  /** `null`: it is not there. */
  readonly actual: string | null
}

/** The rows that a test expected beside those it found. */
export interface ComparisonView {
  /** The path of what was compared; the page links to it. */
  readonly subject: string
  readonly matcher: string
  readonly columns: readonly ColumnView[]
  readonly key: readonly string[]
  /** How many rows of each kind there are in all; `rows` may hold fewer. */
  readonly counts: {
    readonly equal: number
    readonly changed: number
    readonly missing: number
    readonly unexpected: number
  }
  readonly rows: readonly ComparedRowView[]
}

export interface ComparedRowView {
  readonly kind: 'equal' | 'changed' | 'missing' | 'unexpected'
  /** `null` for a missing row. */
  readonly actual: readonly CellText[] | null
  /** `null` for an unexpected row. */
  readonly expected: readonly CellText[] | null
  /** The columns (by index) whose cells differ. */
  readonly different: readonly number[]
  /** Where the expected row was written, `orders.deltacat.yaml:41:9`. */
  readonly source?: string
}
