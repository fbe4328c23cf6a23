import { type Delta, STAGED } from '../../catalog/model/delta.ts'
import { canonicalString, deltaPrefix } from '../../catalog/model/locators.ts'
import { type Finding, finding } from './codes.ts'
import { checkRow, readers } from './documents.ts'
import type { Levels } from './levels.ts'
import { checkManifest } from './manifests.ts'
import type { Merging } from './merging.ts'
import type { RawRows } from './rows.ts'
import type { Succession } from './states.ts'

interface DeltaOptions {
  /** Takes in what the partitions' deltas merge as. `null`: records are not decoded; their sizes are looked at. */
  readonly merging: Merging | null
  readonly onDelta: (done: number) => void
}

/** What reading the deltas has shown of the data rows. */
export interface Seen {
  /** Numbers of the data rows that a delta names. */
  readonly named: ReadonlySet<string>
  /** Whether every delta could be read: only then is a row that none names an orphan. */
  readonly isWhole: boolean
}

/** Reads every delta once: its key, its place, its positions, its manifest and records. */
export function* checkDeltas(
  rows: RawRows,
  levels: Levels,
  { successors }: Succession,
  { merging, onDelta }: DeltaOptions,
): Generator<Finding, Seen> {
  const named = new Set<string>()
  let isWhole = true
  const byId = new Map(Array.from(levels.partitions.values(), (each) => [each.entity.locator.partitionId, each]))
  let done = 0
  for (const row of rows.table('deltas')) {
    done += 1
    onDelta(done)
    const checked = checkRow(readers.deltas, row)
    if ('findings' in checked) {
      yield* checked.findings
      merging?.leaveOut(String(row.parent))
      isWhole = false
      continue
    }
    const { entity, json, locator, parent, place } = checked
    const say = (code: Parameters<typeof finding>[0], message: string): Finding =>
      finding(code, 'deltas', locator, place, message)
    if (Array.isArray(json.delete_parameters)) yield say('mock-delete-parameters', 'Its delete_parameters are a list.')
    const position = entity.locator.streamPosition
    const { partitionLocator } = entity.locator
    const partition = byId.get(partitionLocator.partitionId)
    const isMerged = merging !== null && partition?.locator === parent && merging.isLive(partition)
    const decode = merging !== null
    const shapes = yield* checkManifest({ rows, levels, named, decode, isMerged }, entity, json, say)
    if (isMerged && position !== null) merging.add(partition, entity, position, shapes)
    if (position === null) {
      yield say('bad-position', 'It has no position.')
      continue
    }
    const home = partition?.locator ?? canonicalString(partitionLocator)
    if (parent !== STAGED && parent !== home) {
      yield say('parent-mismatch', `The row stands under ${parent}, its document under ${home}.`)
    } else if (!partition) {
      if (!levels.seen.has(`partitions ${home}`))
        yield say('no-partition', `Its partition, at ${home}, is not in the file.`)
    } else if (locator !== deltaPrefix(home) + position) {
      yield say('locator-mismatch', `The key is ${locator}; the document gives ${deltaPrefix(home)}${position}.`)
    } else if (parent !== STAGED) {
      yield* lostDelta(rows, entity, position, successors.get(home) ?? [], say)
    }
    const before = entity.previousStreamPosition
    if (before !== null && before > position && !reached(rows, canonicalString(partitionLocator), before)) {
      yield say('positions-out-of-order', `Its position is ${position}, below that of the one before, ${before}.`)
    }
    if (entity.type === null) yield say('unknown-type', 'It has no type.')
  }
  return { named, isWhole }
}

/**
 * Whether a partition has a delta as far as this position. A compacted delta is staged behind all that it compacts, and
 * committed at the position of the last of them.
 */
function reached(rows: RawRows, partition: string, position: number): boolean {
  const prefix = deltaPrefix(partition)
  const found = rows.one(
    "SELECT 1 FROM deltas WHERE locator > ? AND locator < ? || '~' AND CAST(substr(locator, ?) AS INTEGER) >= ?",
    prefix,
    prefix,
    prefix.length + 1,
    position,
  )
  return found !== undefined
}

/** A delta that came to its partition after another had taken that one's place, and was not carried over. */
function* lostDelta(
  rows: RawRows,
  delta: Delta,
  position: number,
  successors: NonNullable<ReturnType<Succession['successors']['get']>>,
  say: (code: 'mock-lost-delta', message: string) => Finding,
): Generator<Finding> {
  const successor = successors[0]
  if (!successor || position <= (successor.entity.streamPosition ?? Number.POSITIVE_INFINITY)) return
  const carried = rows.one(
    `SELECT 1 FROM deltas WHERE partition_locator = ? AND ${MANIFEST_ID} = ?`,
    successor.locator,
    delta.manifest?.id ?? '',
  )
  if (carried) return
  const id = successor.entity.locator.partitionId
  yield say(
    'mock-lost-delta',
    `Its partition was replaced by ${id} at position ${successor.entity.streamPosition}, before this delta.`,
  )
}

// Written as the catalog's own index of it is, which then answers.
const MANIFEST_ID = "CASE WHEN json_valid(value) THEN json_extract(value, '$.manifest.id') END"

/** Manifests that one partition has committed more than once. */
export function* checkDuplicates(rows: RawRows, { partitions }: Levels): Generator<Finding> {
  const twice = rows.all(`
    SELECT partition_locator, ${MANIFEST_ID}, count(*) FROM deltas WHERE partition_locator <> '${STAGED}'
    GROUP BY partition_locator, ${MANIFEST_ID} HAVING count(*) > 1`)
  for (const [partition = null, manifest = null, count] of twice) {
    if (manifest === null) continue
    const last = rows.one(
      `SELECT max(locator) FROM deltas WHERE partition_locator = ? AND ${MANIFEST_ID} = ?`,
      partition,
      manifest,
    )
    const place = partitions.get(String(partition))?.place ?? String(partition)
    const message = `The manifest ${String(manifest)} is committed ${String(count)} times.`
    yield finding('mock-duplicate-commit', 'deltas', String(last?.[0]), place, message)
  }
}

/** Data rows that no delta names. `named` holds the row numbers of those that one does. */
export function* checkOrphans(rows: RawRows, named: ReadonlySet<string>): Generator<Finding> {
  if (rows.count('data') === named.size) return
  for (const [number, uri, length] of rows.pages('SELECT CAST(rowid AS TEXT), uri, length(value) FROM data')) {
    if (named.has(String(number))) continue
    const isOurs = /^cloudpickle:\/\/[\w-]+$/.test(String(uri))
    const message = `${length === null ? 'An empty row' : `${String(length)} bytes`} that no delta names.`
    yield finding(isOurs ? 'mock-vanished-delta' : 'orphaned-data', 'data', String(uri), String(uri), message)
  }
}
