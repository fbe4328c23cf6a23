import { existsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import Driver from 'better-sqlite3'
import { CatalogError } from '../errors.ts'
import type { IndexedTable } from './ddl.ts'
import { CREATE_ALL, INDEXES, TABLES } from './ddl.ts'
import { closedError, fromDriver } from './driver-errors.ts'

/** A value of a row, as the driver gives and takes it. */
export type SqlValue = string | number | bigint | Uint8Array | null
/** The values of a row, in the order of its columns. */
export type SqlRow = readonly SqlValue[]

/** How a database is opened. */
export interface StoreOptions {
  readonly readonly?: boolean
  readonly busyTimeout?: number
  readonly maxPageCount?: number
}

/** One SQLite database: rows in and out, transactions, and driver errors as ours. */
export interface Store {
  /** As it was given to `openCatalog`. */
  readonly path: string
  readonly isOpen: boolean
  /** The first row; before the tables exist there is none. */
  row(sql: string, ...parameters: readonly SqlValue[]): SqlRow | undefined
  rows(sql: string, ...parameters: readonly SqlValue[]): readonly SqlRow[]
  /** Writes; returns the number of rows changed. Only within `write`. */
  run(sql: string, ...parameters: readonly SqlValue[]): number
  /** Several reads that see one state of the file. */
  read<T>(work: () => T): T
  /** One immediate transaction, or a savepoint in the one that is open. */
  write<T>(work: () => T): T
  createTables(): void
  /** Whether the table has its indexes. Another process may have made them since: then `false` is still right to act on. */
  hasIndexes(table: IndexedTable): boolean
  createIndexes(table: IndexedTable): void
  serialize(): Buffer
  close(): void
}

/** The part of the driver that is used here. */
interface Connection {
  readonly open: boolean
  readonly inTransaction: boolean
  prepare(sql: string): Statement
  exec(sql: string): unknown
  serialize(): Buffer
  close(): unknown
}
interface Statement {
  raw(toggle: boolean): Statement
  get(...parameters: readonly SqlValue[]): unknown
  all(...parameters: readonly SqlValue[]): unknown
  run(...parameters: readonly SqlValue[]): { readonly changes: number }
}

/** Opens the file at `path`, a database in memory (`:memory:`), or one that was serialized. */
export function openStore(source: string | Uint8Array, options: StoreOptions): Store {
  const path = typeof source === 'string' ? source : ':memory:'
  return guarded(path, () => storeOf(path, connect(source, options), options))
}

function connect(source: string | Uint8Array, { readonly = false, busyTimeout = 5000 }: StoreOptions): Connection {
  const settings = { readonly, timeout: busyTimeout }
  if (typeof source !== 'string') {
    return new Driver(Buffer.from(source.buffer, source.byteOffset, source.byteLength), settings) as Connection
  }
  if (source === ':memory:') return new Driver(source, { timeout: busyTimeout }) as Connection
  const file = resolve(source)
  if (!existsSync(dirname(file))) {
    throw new CatalogError(
      'cannot-open',
      `${JSON.stringify(source)} cannot be opened: the folder ${JSON.stringify(dirname(file))} does not exist; create it first.`,
    )
  }
  try {
    // The driver trims its path; a NUL at the end, where the file's name ends for SQLite, keeps a trailing space.
    return new Driver(file === file.trimEnd() ? file : `${file}\0`, settings) as Connection
  } catch (cause) {
    if (readonly && !existsSync(file)) {
      const message = `${JSON.stringify(source)} does not exist, and readonly creates no file; correct the path.`
      throw new CatalogError('cannot-open', message, { cause })
    }
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
      const message = `${JSON.stringify(source)} is a folder; give the path of a file in it.`
      throw new CatalogError('cannot-open', message, { cause })
    }
    throw cause
  }
}

function storeOf(path: string, connection: Connection, options: StoreOptions): Store {
  const statements = new Map<string, Statement>()
  let hasTables = false
  let indexed: ReadonlySet<string> = new Set()
  let writable = false
  /** Of the transactions that are open, one in the other. */
  let depth = 0
  /** Why SQLite has rolled back the transaction under the calls that are still to come in it. */
  let lost: { readonly reason: unknown } | null = null

  function statement(sql: string): Statement {
    let prepared = statements.get(sql)
    if (prepared === undefined) {
      prepared = connection.prepare(sql)
      if (/^\s*(SELECT|PRAGMA)/.test(sql)) prepared.raw(true)
      statements.set(sql, prepared)
    }
    return prepared
  }

  function ready(): boolean {
    if (hasTables) return true
    const names = (connection.prepare(FIND_TABLES).raw(true).all() as string[][]).flat()
    const missing = TABLES.filter((name) => !names.includes(name))
    if (missing.length > 0 && missing.length < TABLES.length) {
      const lacking = `the table${missing.length > 1 ? 's' : ''} ${missing.map((name) => JSON.stringify(name)).join(', ')}`
      throw new CatalogError(
        'corrupt',
        `${JSON.stringify(path)} lacks ${lacking} of a catalog; restore it from a copy.`,
      )
    }
    hasTables = missing.length === 0
    indexed = new Set(names)
    return hasTables
  }

  function control(sql: string): void {
    guarded(path, () => connection.exec(sql))
  }

  function settle<T>(begin: string, commit: string, rollback: readonly string[], work: () => T): T {
    control(begin)
    const before = { hasTables, indexed }
    depth += 1
    try {
      // What `work` throws is not ours to translate: a user's transaction may use a database of its own.
      const result = work()
      if (!connection.open) throw closedError(path)
      if (lost !== null) throw lost.reason
      control(commit)
      return result
    } catch (error) {
      ;({ hasTables, indexed } = before)
      // A full disk or a damaged file makes SQLite roll the whole transaction back by itself.
      if (connection.open && !connection.inTransaction && depth > 1) lost ??= { reason: error }
      if (connection.open && connection.inTransaction) for (const sql of rollback) control(sql)
      throw error
    } finally {
      depth -= 1
      if (depth === 0) lost = null
    }
  }

  const store: Store = {
    path,
    get isOpen() {
      return connection.open
    },
    row: (sql, ...parameters) =>
      guarded(path, () => (ready() ? (statement(sql).get(...parameters) as SqlRow | undefined) : undefined)),
    rows: (sql, ...parameters) =>
      guarded(path, () => (ready() ? (statement(sql).all(...parameters) as readonly SqlRow[]) : [])),
    run: (sql, ...parameters) => guarded(path, () => statement(sql).run(...parameters).changes),
    read: (work) => (depth > 0 ? work() : settle('BEGIN', 'COMMIT', ['ROLLBACK'], work)),
    write: (work) => {
      if (lost !== null) throw lost.reason
      if (depth > 0) {
        const name = `nested_${depth}`
        return settle(`SAVEPOINT ${name}`, `RELEASE ${name}`, [`ROLLBACK TO ${name}`, `RELEASE ${name}`], work)
      }
      if (!writable) {
        // Staged deltas refer to no partition, so foreign keys can't be enforced; the driver turns them on.
        guarded(path, () => connection.exec('PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF'))
        writable = true
      }
      return settle('BEGIN IMMEDIATE', 'COMMIT', ['ROLLBACK'], work)
    },
    createTables: () =>
      guarded(path, () => {
        if (!ready()) connection.exec(CREATE_ALL)
      }),
    hasIndexes: (table) => Object.keys(INDEXES[table]).every((name) => indexed.has(name)),
    createIndexes: (table) =>
      guarded(path, () => {
        for (const [name, on] of Object.entries(INDEXES[table])) {
          connection.exec(`CREATE INDEX IF NOT EXISTS ${name} ON ${on}`)
          indexed = new Set([...indexed, name])
        }
      }),
    serialize: () => guarded(path, () => connection.serialize()),
    close: () => {
      connection.close()
    },
  }
  try {
    if (options.maxPageCount !== undefined) connection.exec(`PRAGMA max_page_count = ${options.maxPageCount}`)
    ready()
  } catch (error) {
    connection.close()
    throw error
  }
  return store
}

const FIND_TABLES = "SELECT name FROM sqlite_schema WHERE type IN ('table', 'index')"

function guarded<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw fromDriver(error, path)
  }
}
