import type { Context } from './context.ts'
import { DELTA_CODEC } from './deltas.ts'
import type { Delta } from './model/delta.ts'
import { deltaPrefix } from './model/locators.ts'
import type { Partition } from './model/partition.ts'
import { BY_PREFIX } from './positions.ts'
import type { Stored } from './rows.ts'
import { storedOf } from './rows.ts'
import { MANIFEST_ID } from './store/ddl.ts'
import { PARAMETER } from './store/parameter.ts'

const INDEXED = `SELECT locator, value FROM deltas WHERE partition_locator = ? AND ${MANIFEST_ID} = ?`
const SCANNED = `SELECT locator, value FROM deltas WHERE ${BY_PREFIX} AND partition_locator = ${PARAMETER} AND ${MANIFEST_ID} = ${PARAMETER}`

/** The delta with that manifest that is committed in a partition; `null`: there is none. */
export function findByManifest(context: Context, { locator }: Stored<Partition>, id: string): Stored<Delta> | null {
  const { store } = context
  const prefix = deltaPrefix(locator)
  const row = store.hasIndexes('deltas')
    ? store.row(INDEXED, locator, id)
    : store.row(SCANNED, prefix, prefix, locator, id)
  return row === undefined ? null : storedOf(context, DELTA_CODEC, row)
}
