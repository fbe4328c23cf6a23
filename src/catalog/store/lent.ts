import { type Connection, connect } from './connection.ts'

interface Idle {
  readonly bytes: Uint8Array
  readonly connection: Connection
}

/** Connections that nobody has at the moment, the last given back last. */
const idle: Idle[] = []
const MOST_IDLE = 8
const MOST_IDLE_BYTES = 64 * 2 ** 20

/**
 * A connection to a database in memory with the content of `bytes`. It is in a transaction: what is done in it is seen
 * by who has the connection alone, and undone when it is given back. Opening one, and reading its schema, takes several
 * times as long as what a test does with it.
 */
export function borrow(bytes: Uint8Array): Connection {
  const index = idle.findLastIndex((each) => each.bytes === bytes)
  const connection = index === -1 ? connect(bytes, {}) : idle.splice(index, 1)[0]!.connection
  // Outside of the transaction, in which SQLite ignores it. See the store's `toWrite`.
  connection.exec('PRAGMA foreign_keys = OFF; BEGIN')
  return connection
}

/** Undoes all that was done since {@link borrow}. */
export function giveBack(bytes: Uint8Array, connection: Connection): void {
  if (!connection.inTransaction) {
    connection.close()
    return
  }
  connection.exec('ROLLBACK')
  idle.push({ bytes, connection })
  while (idle.length > MOST_IDLE || totalSize() > MOST_IDLE_BYTES) idle.shift()!.connection.close()
}

function totalSize(): number {
  return idle.reduce((total, { bytes }) => total + bytes.length, 0)
}
