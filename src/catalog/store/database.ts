import { CatalogError } from '../errors.ts'
import type { SqlValue, Statement } from './connection.ts'
import type { IndexedTable } from './ddl.ts'
import { CREATE_ALL, INDEXES, TABLES } from './ddl.ts'
import { closedError, fromDriver } from './driver-errors.ts'
import { type Home, openHome, type Source } from './home.ts'
import { isLogged, unlog } from './journal.ts'

export type { SqlValue } from './connection.ts'
export type { Deferred, Source } from './home.ts'

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
  /** As it was given to `openCatalog`; of a deferred database where its file is, or will be. */
  readonly path: string
  readonly isOpen: boolean
  /** Gives a deferred database its file. Not within a transaction. */
  moveToFile(): void
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
  /** Closes it. A deferred database gets its file first: nothing is lost. */
  close(): void
  /** Closes it as it is. Returns the path of its file; `undefined` for a database that has none. */
  discard(): string | undefined
}

/** Opens a database. */
export function openStore(source: Source, options: StoreOptions): Store {
  return guarded({ path: typeof source === 'string' ? source : ':memory:' }, () =>
    storeOf(openHome(source, options), typeof source === 'object' && 'place' in source ? source.bytes : null),
  )
}

/** What is known of a database's tables. */
interface Layout {
  readonly hasTables: boolean
  /** The names of its tables and indexes. */
  readonly indexed: ReadonlySet<string>
}

// Every test opens the same bytes: what they hold is read once.
const layouts = new WeakMap<Uint8Array, Layout>()

function storeOf(home: Home, template: Uint8Array | null): Store {
  const known = template === null ? undefined : layouts.get(template)
  let { hasTables, indexed }: Layout = known ?? { hasTables: false, indexed: new Set() }
  let writable = false
  /** Bytes of records and documents, about. */
  let written = 0
  /** Of the transactions that are open, one in the other. */
  let depth = 0
  /** Why SQLite has rolled back the transaction under the calls that are still to come in it. */
  let lost: { readonly reason: unknown } | null = null

  function statement(sql: string): Statement {
    // What a borrowed connection has lost is more than a transaction.
    if (lost !== null && depth === 0) throw lost.reason
    const { connection } = home
    let prepared = connection.statements.get(sql)
    if (prepared === undefined) {
      prepared = connection.prepare(sql)
      if (/^\s*(SELECT|PRAGMA)/.test(sql)) prepared.raw(true)
      connection.statements.set(sql, prepared)
    }
    return prepared
  }

  function ready(): boolean {
    if (hasTables) return true
    const names = (home.connection.prepare(FIND_TABLES).raw(true).all() as string[][]).flat()
    const missing = TABLES.filter((name) => !names.includes(name))
    if (missing.length > 0 && missing.length < TABLES.length) {
      const lacking = `the table${missing.length > 1 ? 's' : ''} ${missing.map((name) => JSON.stringify(name)).join(', ')}`
      throw new CatalogError(
        'corrupt',
        `${JSON.stringify(home.path)} lacks ${lacking} of a catalog; restore it from a copy.`,
      )
    }
    hasTables = missing.length === 0
    indexed = new Set(names)
    return hasTables
  }

  /** Throws in the middle of a transaction, or of a call, in whose clock this may be: there would be half of it. */
  function between(done: string): void {
    if (lost !== null) throw lost.reason
    if (depth === 0) return
    throw new CatalogError('unsupported', `The catalog cannot be ${done} in the middle of a transaction; do it before.`)
  }

  /** What a connection needs before its first write. */
  function toWrite(): string {
    writable = true
    // Staged deltas refer to no partition, so foreign keys can't be enforced; the driver turns them on.
    return `PRAGMA foreign_keys = OFF; ${home.isPrivate ? '' : 'PRAGMA synchronous = OFF; '}`
  }

  function control(sql: string): void {
    guarded(home, () => home.connection.exec(sql))
  }

  function settle<T>(begin: string, commit: string, rollback: readonly string[], work: () => T): T {
    control(begin)
    const before = { hasTables, indexed }
    depth += 1
    try {
      // What `work` throws is not ours to translate: a user's transaction may use a database of its own.
      const result = work()
      if (!home.isOpen) throw closedError(home.path)
      if (lost !== null) throw lost.reason
      control(commit)
      return result
    } catch (error) {
      ;({ hasTables, indexed } = before)
      // A full disk or a damaged file makes SQLite roll the whole transaction back by itself.
      if (home.isOpen && !home.connection.inTransaction && (depth > 1 || home.isBorrowed)) lost ??= { reason: error }
      if (home.isOpen && home.connection.inTransaction) for (const sql of rollback) control(sql)
      throw error
    } finally {
      depth -= 1
      if (depth === 0 && !home.isBorrowed) lost = null
    }
  }

  const store: Store = {
    get path() {
      return home.path
    },
    get isOpen() {
      return home.isOpen
    },
    moveToFile: () => {
      if (!home.isMovable) return
      between('given its file')
      guarded(home, () => home.moveToFile())
      writable = false
    },
    row: (sql, ...parameters) =>
      guarded(home, () => (ready() ? (statement(sql).get(...parameters) as SqlRow | undefined) : undefined)),
    rows: (sql, ...parameters) =>
      guarded(home, () => (ready() ? (statement(sql).all(...parameters) as readonly SqlRow[]) : [])),
    run: (sql, ...parameters) =>
      guarded(home, () => {
        for (const value of parameters) written += sizeOf(value)
        return statement(sql).run(...parameters).changes
      }),
    read: (work) => (depth > 0 || home.isPrivate ? work() : settle('BEGIN', 'COMMIT', ['ROLLBACK'], work)),
    write: (work) => {
      if (lost !== null) throw lost.reason
      if (depth === 0 && written > home.room) store.moveToFile()
      if (depth > 0 || home.isBorrowed) {
        const name = `nested_${depth}`
        return settle(`SAVEPOINT ${name}`, `RELEASE ${name}`, [`ROLLBACK TO ${name}`, `RELEASE ${name}`], work)
      }
      return settle(`${writable ? '' : toWrite()}BEGIN IMMEDIATE`, 'COMMIT', ['ROLLBACK'], work)
    },
    createTables: () =>
      guarded(home, () => {
        if (!ready()) home.connection.exec(CREATE_ALL)
      }),
    hasIndexes: (table) => Object.keys(INDEXES[table]).every((name) => indexed.has(name)),
    createIndexes: (table) =>
      guarded(home, () => {
        for (const [name, on] of Object.entries(INDEXES[table])) {
          home.connection.exec(`CREATE INDEX IF NOT EXISTS ${name} ON ${on}`)
          indexed = new Set([...indexed, name])
        }
      }),
    serialize: () =>
      guarded(home, () => {
        // Serialized is what has been committed.
        between('serialized')
        if (home.isBorrowed) home.own()
        const bytes = home.connection.serialize()
        if (isLogged(bytes)) unlog(bytes)
        return bytes
      }),
    close: () =>
      guarded(home, () => {
        // Its file would have what the transaction was before.
        if (home.isBorrowed && lost !== null) home.discard()
        // A call that is under way, in whose clock this may be, is not to be half done.
        else if (home.isBorrowed && depth > 0) home.connection.exec('ROLLBACK TO nested_0; RELEASE nested_0')
        home.close()
      }),
    discard: () => {
      // A database in memory that has grown keeps its memory: it is not to be lent again.
      if (written > MOST_LENT) home.own()
      return home.discard()
    },
  }
  try {
    if (known === undefined) ready()
    if (template !== null) layouts.set(template, { hasTables, indexed })
  } catch (error) {
    home.discard()
    throw error
  }
  return store
}

function sizeOf(value: SqlValue): number {
  return typeof value === 'string' || value instanceof Uint8Array ? value.length : 8
}

const MOST_LENT = 4 * 2 ** 20
const FIND_TABLES = "SELECT name FROM sqlite_schema WHERE type IN ('table', 'index')"

function guarded<T>(place: { readonly path: string }, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw fromDriver(error, place.path)
  }
}
