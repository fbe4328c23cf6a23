import { CatalogError } from '../../catalog/index.ts'
import { type Finding, finding } from './codes.ts'
import { checkDeltas, checkDuplicates, checkOrphans } from './deltas.ts'
import { checkLevels } from './levels.ts'
import { collectMerging } from './merging.ts'
import { checkValueCounts } from './partition-values.ts'
import { shortPlaces } from './places.ts'
import { openRows, type RawRows, reasonOf } from './rows.ts'
import { checkStates } from './states.ts'
import { checkStructure } from './structure.ts'
import { checkMerging } from './unreadable.ts'

export interface VerifyOptions {
  /** `false`: records are not decoded, which is most of the work; nor is found what can’t be merged. */
  readonly records?: boolean
  /** Called for each delta with the number done and of all. */
  readonly onProgress?: (done: number, total: number) => void
  /** Called where the file has no table of a catalog yet. */
  readonly onEmpty?: () => void
}

/**
 * What is wrong in a catalog's file, one finding after the other. Reads the rows as they stand, so it finds more than
 * the catalog would complain of; memory grows with the number of partitions and of the schemas in them, not of deltas
 * or records. Changes nothing.
 */
export function* verifyCatalog(path: string, options: VerifyOptions = {}): Generator<Finding> {
  let rows: RawRows
  try {
    rows = openRows(path)
  } catch (error) {
    if (!(error instanceof CatalogError) || error.code === 'busy') throw error
    yield finding('not-a-catalog', null, null, 'the file', error.message)
    return
  }
  try {
    const short = shortPlaces(rows)
    for (const found of checkRows(rows, options)) yield short(found)
  } catch (error) {
    if (!(error instanceof CatalogError) || error.code !== 'corrupt') throw error
    yield finding('damaged-database', null, null, 'the file', reasonOf(error))
  } finally {
    rows.close()
  }
}

function* checkRows(
  rows: RawRows,
  { records = true, onProgress = () => undefined, onEmpty = () => undefined }: VerifyOptions,
): Generator<Finding> {
  // Before the tables are made there is nothing to look at.
  if (rows.all('PRAGMA table_info(namespaces)').length === 0) {
    onEmpty()
    return
  }
  const structure = [...checkStructure(rows)]
  yield* structure
  if (structure.some(({ code }) => code === 'wrong-columns')) return
  const levels = yield* checkLevels(rows)
  const succession = yield* checkStates(levels)
  yield* checkValueCounts(levels)
  const total = rows.count('deltas')
  const merging = records ? collectMerging(levels) : null
  const { named, isWhole } = yield* checkDeltas(rows, levels, succession, {
    merging,
    onDelta: (done) => onProgress(done, total),
  })
  if (merging !== null) yield* checkMerging(rows, levels, merging)
  yield* checkDuplicates(rows, levels)
  if (isWhole) yield* checkOrphans(rows, named)
}
