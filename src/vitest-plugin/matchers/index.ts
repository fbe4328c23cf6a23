import { catalogOf } from '../../catalog/catalog.ts'
import type { Entity } from '../../catalog/model/locators.ts'
import { lateMatcher, wholeMatchers } from './late.ts'
import type * as Whole from './whole.ts'

export type {
  CommittedOptions,
  DeltacatMatchers,
  ExpectedDelta,
  ExpectedPartition,
  ExpectedRecords,
  ExpectedRow,
  ExpectedSchema,
  ListOptions,
  MatchFixtureOptions,
  RecordsOptions,
  Tolerance,
} from './types.ts'

/** See {@link DeltacatMatchers.toBeCommitted}. */
export const toBeCommitted: typeof Whole.toBeCommitted = lateMatcher('toBeCommitted')
/** See {@link DeltacatMatchers.toBeDeprecated}. */
export const toBeDeprecated: typeof Whole.toBeDeprecated = lateMatcher('toBeDeprecated')
/** See {@link DeltacatMatchers.toBeStaged}. */
export const toBeStaged: typeof Whole.toBeStaged = lateMatcher('toBeStaged')
/** See {@link DeltacatMatchers.toContainRecords}. */
export const toContainRecords: typeof Whole.toContainRecords = lateMatcher('toContainRecords')
/** See {@link DeltacatMatchers.toHaveDeltas}. */
export const toHaveDeltas: typeof Whole.toHaveDeltas = lateMatcher('toHaveDeltas')
/** See {@link DeltacatMatchers.toHavePartitions}. */
export const toHavePartitions: typeof Whole.toHavePartitions = lateMatcher('toHavePartitions')
/** See {@link DeltacatMatchers.toHaveRecordCount}. */
export const toHaveRecordCount: typeof Whole.toHaveRecordCount = lateMatcher('toHaveRecordCount')
/** See {@link DeltacatMatchers.toHaveRecords}. */
export const toHaveRecords: typeof Whole.toHaveRecords = lateMatcher('toHaveRecords')
/** See {@link DeltacatMatchers.toHaveSchema}. */
export const toHaveSchema: typeof Whole.toHaveSchema = lateMatcher('toHaveSchema')
/** See {@link DeltacatMatchers.toMatchFixture}. */
export const toMatchFixture: typeof Whole.toMatchFixture = lateMatcher('toMatchFixture')

/** Every matcher by its name, for `expect.extend`. */
export const matchers = {
  toHaveRecords,
  toContainRecords,
  toHaveRecordCount,
  toBeStaged,
  toBeCommitted,
  toBeDeprecated,
  toHaveSchema,
  toHavePartitions,
  toHaveDeltas,
  toMatchFixture,
}

/**
 * Prints a delta, partition or whole catalog in a snapshot: states, properties and records, without the ids and
 * positions that differ from run to run. Deltas and partitions are numbered as they stand.
 */
export const catalogSerializer: typeof Whole.catalogSerializer = {
  // Asked of every value in every snapshot.
  test: (value) => isOfCatalog(value) && wholeMatchers().catalogSerializer.test(value),
  serialize: (...args) => wholeMatchers().catalogSerializer.serialize(...args),
}

function isOfCatalog(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return catalogOf(value as Entity) !== undefined || Object.prototype.toString.call(value) === '[object Catalog]'
}
