import { type Connection, connect } from './connection.ts'

/** Of each template, the connections that nobody has at the moment. */
const idle = new WeakMap<Uint8Array, Connection[]>()
const MOST_IDLE = 4

/**
 * A connection to a database in memory with the content of `bytes`. It is in a transaction: what is done in it is seen
 * by who has the connection alone, and undone when it is given back. Opening one, and reading its schema, takes several
 * times as long as what a test does with it.
 */
export function borrow(bytes: Uint8Array): Connection {
  const connection = idle.get(bytes)?.pop() ?? connect(bytes, {})
  // Outside of the transaction, in which SQLite ignores it. See the store's `toWrite`.
  connection.exec('PRAGMA foreign_keys = OFF; BEGIN')
  return connection
}

/** Undoes all that was done since {@link borrow}. */
export function giveBack(bytes: Uint8Array, connection: Connection): void {
  const others = idle.get(bytes) ?? []
  idle.set(bytes, others)
  if (!connection.inTransaction || others.length === MOST_IDLE) {
    connection.close()
    return
  }
  connection.exec('ROLLBACK')
  others.push(connection)
}
