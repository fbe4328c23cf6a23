import { shortStacks } from './short-stacks.ts'
import { toBeCommitted } from './to-be-committed.ts'
import { toBeDeprecated } from './to-be-deprecated.ts'
import { toBeStaged } from './to-be-staged.ts'
import { toContainRecords } from './to-contain-records.ts'
import { toHaveDeltas } from './to-have-deltas.ts'
import { toHavePartitions } from './to-have-partitions.ts'
import { toHaveRecordCount } from './to-have-record-count.ts'
import { toHaveRecords } from './to-have-records.ts'
import { toHaveSchema } from './to-have-schema.ts'
import { toMatchFixture } from './to-match-fixture.ts'

export { catalogSerializer } from './serializer.ts'
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
export {
  toBeCommitted,
  toBeDeprecated,
  toBeStaged,
  toContainRecords,
  toHaveDeltas,
  toHavePartitions,
  toHaveRecordCount,
  toHaveRecords,
  toHaveSchema,
  toMatchFixture,
}

/** Every matcher by its name, for `expect.extend`. */
export const matchers = shortStacks({
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
})
