import { existsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import Driver from 'better-sqlite3'
import { CatalogError } from '../errors.ts'
import { isLogged, unlog } from './journal.ts'

/** A value of a row, as the driver gives and takes it. */
export type SqlValue = string | number | bigint | Uint8Array | null

/** The part of the driver that is used here. */
export interface Connection {
  readonly open: boolean
  /** Those that were prepared for it, by their text. */
  readonly statements: Map<string, Statement>
  readonly inTransaction: boolean
  prepare(sql: string): Statement
  exec(sql: string): unknown
  serialize(): Buffer
  close(): unknown
}
export interface Statement {
  raw(toggle: boolean): Statement
  get(...parameters: readonly SqlValue[]): unknown
  all(...parameters: readonly SqlValue[]): unknown
  run(...parameters: readonly SqlValue[]): { readonly changes: number }
}

type Bare = Omit<Connection, 'statements'>

/** How a connection is opened. */
export interface ConnectOptions {
  readonly readonly?: boolean
  readonly busyTimeout?: number
  readonly maxPageCount?: number
}

/** Opens the file at a path, a database in memory (`:memory:`), or one in memory that was serialized. */
export function connect(source: string | Uint8Array, options: ConnectOptions): Connection {
  const connection: Connection = Object.assign(open(source, options), { statements: new Map<string, Statement>() })
  try {
    const { maxPageCount } = options
    if (maxPageCount !== undefined) connection.exec(`PRAGMA max_page_count = ${maxPageCount}`)
    // The driver takes no readonly for it.
    if (source === ':memory:' && options.readonly === true) connection.exec('PRAGMA query_only = 1')
  } catch (error) {
    connection.close()
    throw error
  }
  return connection
}

function open(source: string | Uint8Array, { readonly = false, busyTimeout = 5000 }: ConnectOptions): Bare {
  const settings = { readonly, timeout: busyTimeout }
  if (typeof source !== 'string') {
    const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength)
    if (!isLogged(bytes)) return new Driver(bytes, settings) as Bare
    const copy = Buffer.from(bytes)
    unlog(copy)
    return new Driver(copy, settings) as Bare
  }
  if (source === ':memory:') return new Driver(source, { timeout: busyTimeout }) as Bare
  const file = resolve(source)
  if (!existsSync(dirname(file))) {
    throw new CatalogError(
      'cannot-open',
      `${JSON.stringify(source)} cannot be opened: the folder ${JSON.stringify(dirname(file))} does not exist; create it first.`,
    )
  }
  try {
    // The driver trims its path; a NUL at the end, where the file's name ends for SQLite, keeps a trailing space.
    return new Driver(file === file.trimEnd() ? file : `${file}\0`, settings) as Bare
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
