import { rmSync, writeFileSync } from 'node:fs'
import { CatalogError } from '../errors.ts'
import { type Connection, type ConnectOptions, connect } from './connection.ts'
import { closedError } from './driver-errors.ts'
import { borrow, giveBack } from './lent.ts'

/** A database that gets its file only when somebody wants it. */
export interface Deferred {
  /** What it begins with: a serialized database, which is not changed. */
  readonly bytes: Uint8Array
  /** Where its file will be: a path that nobody else uses. Asked once, when it is first needed. */
  readonly place: () => string
  /** It goes to its file when it has grown by so many bytes; 256 MB unless said. SQLite ends a database in memory at 1 GB. */
  readonly mostInMemory?: number
}

/** What is opened: a file's path, `:memory:`, a serialized database, or a deferred one. */
export type Source = string | Uint8Array | Deferred

/** Where a database lives. */
export interface Home {
  /** As it was given; of a deferred database where its file is, or will be. */
  readonly path: string
  readonly isOpen: boolean
  /** Throws `closed` for a deferred database that was closed before it was used. */
  readonly connection: Connection
  /** Whether nobody else can have it open: it is in memory. */
  readonly isPrivate: boolean
  /** Whether all is in a transaction that will be undone, unless {@link Home.own} ends it. */
  readonly isBorrowed: boolean
  /** Commits that transaction. */
  own(): void
  /** Whether it is a deferred database without a file. */
  readonly isMovable: boolean
  /** Gives a deferred database its file, and another connection. */
  moveToFile(): void
  /** How many bytes may be written before it has to move. */
  readonly room: number
  /** Closes it. A deferred database gets its file first: nothing is lost. */
  close(): void
  /** Closes it as it is. Returns the path of its file; `undefined` for a database that has none. */
  discard(): string | undefined
}

/** Opens `source`. */
export function openHome(source: Source, options: ConnectOptions): Home {
  if (typeof source === 'object' && 'place' in source) return deferredHome(source, options)
  const connection = connect(source, options)
  const path = typeof source === 'string' ? source : ':memory:'
  const isPrivate = path === ':memory:'
  return {
    path,
    get isOpen() {
      return connection.open
    },
    connection,
    isPrivate,
    isBorrowed: false,
    own() {},
    isMovable: false,
    moveToFile() {},
    room: Number.POSITIVE_INFINITY,
    close: () => void connection.close(),
    discard() {
      connection.close()
      return isPrivate ? undefined : path
    },
  }
}

/**
 * In memory, until its file is wanted: most tests never look at theirs, and making it is most of what they cost. The
 * connection is borrowed, too, while what is in it stays where it is.
 */
function deferredHome({ bytes, place, mostInMemory = 256 * 2 ** 20 }: Deferred, options: ConnectOptions): Home {
  // Opened by the first call: who hands on the path at once needs none in memory.
  let connection: Connection | undefined
  // A limit would stay with its connection.
  let isBorrowed = options.maxPageCount === undefined && options.readonly !== true
  let path: string | undefined
  let isOpen = true
  let hasFile = false

  function pathOf(): string {
    path ??= place()
    return path
  }
  function own(): void {
    if (isBorrowed && connection?.inTransaction) connection.exec('COMMIT')
    isBorrowed = false
  }
  function write(): void {
    own()
    const file = pathOf()
    try {
      writeFileSync(file, connection?.serialize() ?? bytes, { flag: 'wx' })
    } catch (cause) {
      const { code, message } = cause as NodeJS.ErrnoException
      // What was begun must not be in the way of another try.
      if (code !== 'EEXIST') rmSync(file, { force: true })
      throw new CatalogError('io', `${JSON.stringify(file)} could not be written (${message}); check the disk.`, {
        cause,
      })
    }
    hasFile = true
  }

  return {
    get path() {
      return pathOf()
    },
    get isOpen() {
      return isOpen
    },
    get connection() {
      if (!isOpen) throw closedError(pathOf())
      connection ??= isBorrowed ? borrow(bytes) : connect(bytes, options)
      return connection
    },
    get isPrivate() {
      return !hasFile
    },
    get isBorrowed() {
      return isBorrowed
    },
    own,
    room: mostInMemory,
    get isMovable() {
      return isOpen && !hasFile
    },
    moveToFile() {
      write()
      const inMemory = connection
      try {
        connection = connect(pathOf(), options)
      } catch (error) {
        rmSync(pathOf(), { force: true })
        hasFile = false
        throw error
      }
      inMemory?.close()
    },
    close() {
      if (isOpen && !hasFile) write()
      isOpen = false
      connection?.close()
    },
    discard() {
      if (isOpen && isBorrowed && connection !== undefined) giveBack(bytes, connection)
      else connection?.close()
      isOpen = false
      // Somebody else may have it from now on.
      connection = undefined
      if (hasFile) return path
      // For the message of a call that comes too late: it needs no place any more.
      path ??= ':memory:'
      return undefined
    },
  }
}
