import { fixtureOf } from '../../fixtures/accessor.ts'
import { formatTable, parsePath } from '../../fixtures/paths.ts'
import { nameEntity } from './entity-name.ts'
import { type ReceivedRecords, versionOf } from './records-of.ts'
import type { NewRows } from './update.ts'
import { type EditOptions, rowTexts } from './update-edits.ts'

/**
 * The rows of a set that isn't there yet, with the paths that may type them: that of what has the rows, of the nearest
 * above it that the fixture declares, and of the table of that, which implies no cells.
 */
export function newSet(records: ReceivedRecords): NewRows {
  const { table, frames } = records
  // Not the one of messages, which may name the version: a set is of what the fixture calls the table.
  const path = records.owner === null ? records.path : nameEntity(records.owner).path
  return {
    rows: rowTexts(table, table, none),
    of: [...new Set([path, ...withTable(frames[0]?.name)])].map((path) => {
      const implied = impliedCells(records, path)
      return { path, rows: implied.size === 0 ? null : rowTexts(table, table, implied) }
    }),
  }
}

/** A path and that of its table; none if it has no table. */
function withTable(text = ''): string[] {
  const parsed = parsePath(text)
  if (!parsed.ok || parsed.path.table === null) return []
  const { namespace, table, version } = parsed.path
  return [text, formatTable(namespace, table, version)]
}

const none: EditOptions['implied'] = new Map()

/** In a set of a partition or delta, a partition column that is left out has the partition's value. */
export function impliedCells({ owner }: ReceivedRecords, of: string | null): EditOptions['implied'] {
  if (of === null || (owner?.kind !== 'partition' && owner?.kind !== 'delta')) return none
  const locator = owner.kind === 'delta' ? owner.entity.locator.partitionLocator : owner.entity.locator
  try {
    if (fixtureOf(owner.catalog)?.partition(of).locator.partitionId !== locator.partitionId) return none
  } catch {
    // The set is expected of something else, perhaps of something that is gone.
    return none
  }
  const keys = versionOf(owner)?.partitionKeys ?? []
  return new Map(
    (locator.partitionValues ?? []).flatMap((value, index): [string, string][] => {
      const key = keys[index]
      const name = typeof key === 'string' ? key : key?.keyName
      return typeof name === 'string' && value !== null ? [[name, String(value)]] : []
    }),
  )
}
