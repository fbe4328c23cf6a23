import { type Finding, finding } from './codes.ts'
import type { RawRows } from './rows.ts'

const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  namespaces: ['locator', 'value'],
  tables: ['locator', 'namespace_locator', 'value'],
  table_versions: ['locator', 'table_locator', 'value'],
  streams: ['locator', 'table_version_locator', 'value'],
  partitions: ['locator', 'stream_locator', 'value'],
  deltas: ['locator', 'partition_locator', 'value'],
  data: ['uri', 'value'],
}

/** What is wrong with the database itself, before any row is read. */
export function* checkStructure(rows: RawRows): Generator<Finding> {
  for (const [line] of rows.all('PRAGMA integrity_check(20)')) {
    if (line !== 'ok') yield finding('damaged-database', null, null, 'the file', `SQLite says: ${String(line)}.`)
  }
  for (const [table, expected] of Object.entries(COLUMNS)) {
    // `table_xinfo` shows generated columns too, which Python's inserts by position would meet.
    const columns = rows.all(`PRAGMA table_xinfo(${table})`).map(([, name]) => String(name))
    if (columns.join() !== expected.join()) {
      const message = `The columns are ${columns.join(', ')}; Python inserts into ${expected.join(', ')}.`
      yield finding('wrong-columns', table, null, table, message)
    }
  }
  for (const [name, table] of rows.all("SELECT name, tbl_name FROM sqlite_schema WHERE type = 'trigger'")) {
    yield finding('foreign-trigger', String(table), null, String(table), `The trigger ${String(name)} stands on it.`)
  }
}
