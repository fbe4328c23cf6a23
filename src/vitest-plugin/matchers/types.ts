import type { Schema, Table } from 'apache-arrow'
import type { CommitState, DeltaType, JsonValue, PartitionValues } from '../../catalog/model/common.ts'
import type { Fixture } from '../../fixtures/index.ts'

/** One expected row: a cell for each column, as a plain value or as an asymmetric matcher (`expect.any(String)`). */
export type ExpectedRow = Readonly<Record<string, unknown>>

/** What records are compared with: rows, an Arrow table, or the name of a set under the fixture's `expected`. */
export type ExpectedRecords = readonly ExpectedRow[] | Table | string

/** How `toHaveRecords` and `toContainRecords` compare. */
export interface RecordsOptions {
  /** `ignore` (default): a multiset, any order passes. `strict`: the rows stand in the expected order. */
  readonly order?: 'ignore' | 'strict'
  /** `exact` (default): every column counts, one left out is null. `subset`: only the columns the expected rows name. */
  readonly columns?: 'exact' | 'subset'
  /** The columns by which a failure names and pairs rows. Default: the table version's primary keys. */
  readonly key?: string | readonly string[]
  /** Float cells may differ from the expected `e` by `abs + rel × |e|`. Cells of other types stay exact. */
  readonly tolerance?: Tolerance
  /** How many differing rows a failure shows (default 10). It always counts them all. */
  readonly maxDiffs?: number
}

/** How far a float cell may be from the expected one. */
export interface Tolerance {
  /** In the column's own unit; 0 unless said. */
  readonly abs?: number
  /** As a part of the expected value (`0.01`: one percent); 0 unless said. */
  readonly rel?: number
}

/** What `toBeCommitted` asks for beyond the entity's own state. */
export interface CommittedOptions {
  /** Also every level above is committed, so that a reader of the table sees it. */
  readonly visible?: boolean
}

/** The schema that `toHaveSchema` expects: Arrow's, or the type of each column in the fixture's spelling. */
export type ExpectedSchema = Schema | Readonly<Record<string, string>>

/** One expected partition: its values (then it is committed), or its values and its state. */
export type ExpectedPartition =
  | PartitionValues
  | null
  | { readonly values: PartitionValues | null; readonly state?: CommitState }

/** One expected delta: its type (then it is committed), or what of it is to be compared. */
export type ExpectedDelta =
  | DeltaType
  | {
      readonly type?: DeltaType
      readonly state?: 'staged' | 'committed'
      readonly streamPosition?: number
      readonly recordCount?: number
    }

/** How `toHavePartitions` and `toHaveDeltas` compare. */
export interface ListOptions {
  /** `strict` (default): in the catalog's order. `ignore`: in any order. */
  readonly order?: 'strict' | 'ignore'
}

/** What `toMatchFixture` compares beyond names, states, schemas, properties and records. */
export interface MatchFixtureOptions {
  /** Stream and partition ids too; else they only have to be linked alike. */
  readonly ids?: boolean
  /** Stream positions too; else only the order of the deltas counts. */
  readonly positions?: boolean
  /** The parameters that the fixture is built with. */
  readonly params?: Readonly<Record<string, JsonValue>>
}

/**
 * `void` after `expect(…)`, `Promise<void>` after `.resolves` and `expect.poll`. Vitest 4 and 5 pass that on in
 * different type parameters, but both give it to `toBe`; on `expect` itself, which has no `toBe`, the call makes an
 * asymmetric matcher, which stands for a value of any type.
 */
// biome-ignore lint/suspicious/noExplicitAny: an asymmetric matcher has to be assignable wherever a value may stand
export type Outcome<Self> = Self extends { readonly toBe: (...args: never[]) => infer R } ? R : any

/** The matchers that `vitest-deltacat/vitest` adds to `expect`. */
export interface DeltacatMatchers {
  /**
   * The received delta, partition, table version, table or Arrow table has exactly these rows. A delta gives its own
   * records, a partition its merged read, a version or table the merged read of the committed partitions of its
   * committed stream. Cells compare by the column's type, exactly: a decimal with `'10.50'` or `10.5`, an int64 with
   * `1` or `1n`, a timestamp with an ISO string or a `Date`; an asymmetric matcher may stand in any cell. A cell left
   * out is null; that is an error where the column isn't nullable, and so is a column that the records don't have.
   *
   * @example
   * expect(partition).toHaveRecords([{ id: 1, total: '10.50' }, { id: 2, total: expect.anything() }])
   * expect(partition).toHaveRecords('norway now')
   * expect(delta).toHaveRecords([{ id: 1 }], { columns: 'subset' })
   */
  toHaveRecords(expected: ExpectedRecords, options?: RecordsOptions): Outcome<this>

  /**
   * The received records contain these rows, each as often as it is expected; other rows may stand beside them. Takes
   * what `toHaveRecords` takes; with `order: 'strict'` the rows come in the expected order, with others between them.
   *
   * @example
   * expect(catalog.getTable('shop', 'orders')).toContainRecords([{ id: 1 }], { columns: 'subset' })
   */
  toContainRecords(expected: ExpectedRecords, options?: RecordsOptions): Outcome<this>

  /**
   * The received delta, partition, table version, table or Arrow table has this many rows, counted as
   * `toHaveRecords` reads them.
   *
   * @example
   * expect(delta).toHaveRecordCount(2)
   */
  toHaveRecordCount(count: number): Outcome<this>

  /**
   * The stream, partition or delta is staged: in the catalog now, whatever it was when the entity was returned.
   *
   * @example
   * expect(catalog.stageDelta([{ id: 1 }], partition)).toBeStaged()
   */
  toBeStaged(): Outcome<this>

  /**
   * The stream, partition or delta is committed now. `{ visible: true }`: so are the partition and the stream above
   * it; the message names the one that isn't.
   *
   * @example
   * expect(delta).toBeCommitted({ visible: true })
   */
  toBeCommitted(options?: CommittedOptions): Outcome<this>

  /**
   * The stream or partition is deprecated now: a commit has replaced it, or it was deleted. A delta never is.
   *
   * @example
   * expect(replaced).toBeDeprecated()
   */
  toBeDeprecated(): Outcome<this>

  /**
   * The table version, the delta's records or the Arrow table have exactly these columns: names, order, types and
   * nullability. Types are spelled as in a fixture, `!` for not null; or it is an Arrow schema, whose metadata is not
   * compared.
   *
   * @example
   * expect(version).toHaveSchema({ id: 'int64!', country: 'string', total: 'decimal(12,2)' })
   */
  toHaveSchema(schema: ExpectedSchema): Outcome<this>

  /**
   * The stream, or the committed stream of the table version, has exactly these partitions, in this order. Values
   * alone mean a committed partition. Only committed partitions are listed, and those in a state that an expected one
   * names.
   *
   * @example
   * expect(stream).toHavePartitions([['NO'], ['SE']])
   * expect(stream).toHavePartitions([{ values: ['NO'], state: 'deprecated' }, ['NO']])
   */
  toHavePartitions(expected: readonly ExpectedPartition[], options?: ListOptions): Outcome<this>

  /**
   * The partition has exactly these deltas, in the order of their positions. A type alone means a committed delta.
   * Only committed deltas are listed, and after them the staged ones where an expected one has `state: 'staged'`.
   *
   * @example
   * expect(partition).toHaveDeltas(['append', 'upsert'])
   * expect(partition).toHaveDeltas([{ type: 'append', recordCount: 2 }, { type: 'delete', state: 'staged' }])
   */
  toHaveDeltas(expected: readonly ExpectedDelta[], options?: ListOptions): Outcome<this>

  /**
   * The whole catalog equals the one that the fixture declares: namespaces, tables, versions, streams, partitions,
   * deltas, their states, properties and records. Ids and positions count only when asked for.
   *
   * @example
   * expect(catalog).toMatchFixture('./after-refund.deltacat.yaml')
   */
  toMatchFixture(source: string | URL | Fixture, options?: MatchFixtureOptions): Outcome<this>
}
