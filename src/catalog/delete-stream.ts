import type { Context, Implementation } from './context.ts'
import { documentOf } from './context.ts'
import { decodeDelta } from './model/delta.ts'
import { deltaPrefix } from './model/locators.ts'
import { PARTITION_CODEC } from './partition-rows.ts'
import { BY_PREFIX } from './positions.ts'
import { FIRST_ROW, listStored } from './rows.ts'
import { forgetSeen } from './staged-partitions.ts'
import { STREAM_CODEC } from './streams.ts'
import type { VersionOption } from './table-versions.ts'
import { requireVersion } from './table-versions.ts'

/** The call that deletes. */
export interface DeleteStreamCalls {
  /**
   * Deletes a table version with its streams, their partitions, deltas (staged ones too) and the files of records that
   * no other delta names. Throws `not-found` without the version.
   */
  deleteStream(namespace: string, tableName: string, options?: VersionOption): void
}

/** Documents that are in memory at a time. */
const CHUNK = 1000
const DELTAS_OF = `SELECT CAST(rowid AS TEXT), locator, value FROM deltas WHERE ${BY_PREFIX} AND rowid > CAST(? AS INTEGER) ORDER BY rowid LIMIT ${CHUNK}`
const ALL_DELTAS = `SELECT CAST(rowid AS TEXT), locator, value FROM deltas WHERE rowid > CAST(? AS INTEGER) ORDER BY rowid LIMIT ${CHUNK}`
const DELETE_DELTAS = `DELETE FROM deltas WHERE ${BY_PREFIX}`
const DELETE_PARTITION = 'DELETE FROM partitions WHERE locator = ?'
const DELETE_STREAM = 'DELETE FROM streams WHERE locator = ?'
const DELETE_VERSION = 'DELETE FROM table_versions WHERE locator = ?'
const DELETE_FILE = 'DELETE FROM data WHERE uri = ?'

export const deleteStreamCalls: Implementation<DeleteStreamCalls> = {
  deleteStream: (context, namespace, tableName, options = {}) =>
    context.store.write(() => {
      const { store } = context
      const version = requireVersion(context, namespace, tableName, options.tableVersion)
      const unused = new Set<string>()
      for (const { item: stream } of listStored(context, STREAM_CODEC, version.locator)) {
        for (const { item: partition } of listStored(context, PARTITION_CODEC, stream.locator)) {
          const prefix = deltaPrefix(partition.locator)
          for (const uri of namedFiles(context, DELTAS_OF, prefix, prefix)) unused.add(uri)
          store.run(DELETE_DELTAS, prefix, prefix)
          store.run(DELETE_PARTITION, partition.locator)
          forgetSeen(context, partition.locator)
        }
        store.run(DELETE_STREAM, stream.locator)
      }
      store.run(DELETE_VERSION, version.locator)
      if (unused.size > 0) for (const uri of namedFiles(context, ALL_DELTAS)) unused.delete(uri)
      for (const uri of unused) store.run(DELETE_FILE, uri)
    }),
}

/** The files that deltas name: their entries', and the one that is kept for a delta without records. */
function* namedFiles(context: Context, sql: string, ...parameters: readonly string[]): Generator<string> {
  let after = FIRST_ROW
  for (;;) {
    const rows = context.store.rows(sql, ...parameters, after)
    for (const [key, locator = null, value = null] of rows) {
      after = key as string
      const { manifest } = documentOf(context, 'deltas', locator, value, (json) => decodeDelta(json, true))
      if (manifest === null) continue
      yield `cloudpickle://${manifest.id}`
      for (const { uri } of manifest.entries) yield uri
    }
    if (rows.length < CHUNK) return
  }
}
