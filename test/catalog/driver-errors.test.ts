import { describe, expect, it } from 'vitest'
import type { CatalogError } from '../../src/catalog/index.ts'
import { fromDriver } from '../../src/catalog/store/driver-errors.ts'

function driverError(code: string, message = 'driver says so'): Error {
  return Object.assign(new Error(message), { code })
}

describe("the driver's error", () => {
  it.each([
    ['SQLITE_BUSY', 'busy', 'is locked by another process; try again, or open it with a longer busyTimeout.'],
    ['SQLITE_BUSY_SNAPSHOT', 'busy', 'is locked by another process; try again, or open it with a longer busyTimeout.'],
    ['SQLITE_LOCKED', 'busy', 'is locked by another process; try again, or open it with a longer busyTimeout.'],
    ['SQLITE_NOTADB', 'corrupt', 'is not an SQLite database; restore the file or open another.'],
    ['SQLITE_CORRUPT', 'corrupt', 'is damaged (driver says so); restore it from a copy.'],
    ['SQLITE_CORRUPT_INDEX', 'corrupt', 'is damaged (driver says so); restore it from a copy.'],
    ['SQLITE_ERROR', 'corrupt', 'lacks what a catalog has (driver says so); restore it from a copy.'],
    ['SQLITE_READONLY', 'read-only', 'cannot be written; open it without readonly, and check its permissions.'],
    [
      'SQLITE_READONLY_DIRECTORY',
      'read-only',
      'cannot be written; open it without readonly, and check its permissions.',
    ],
    [
      'SQLITE_READONLY_ROLLBACK',
      'read-only',
      'was left in the middle of a write; open it once without readonly to roll it back.',
    ],
    ['SQLITE_FULL', 'full', 'cannot grow: the disk is full or maxPageCount is reached; free space or raise it.'],
    ['SQLITE_CANTOPEN', 'cannot-open', 'or its journal, cannot be opened; check the path and its permissions.'],
    [
      'SQLITE_CONSTRAINT_PRIMARYKEY',
      'invalid-argument',
      'has a row with that id already; open it with ids that are unique.',
    ],
    ['SQLITE_IOERR_READ', 'io', 'could not be read or written (SQLITE_IOERR_READ: driver says so); check the disk.'],
    ['SQLITE_NOMEM', 'io', 'could not be read or written (SQLITE_NOMEM: driver says so); check the disk.'],
  ])('%s is %s', (code, ours, message) => {
    const error = driverError(code)
    const translated = fromDriver(error, '/a b.db') as CatalogError
    expect(translated.code).toBe(ours)
    expect(translated.message.replace(/^"\/a b\.db",? /, '')).toBe(message)
    expect(translated.cause).toBe(error)
  })

  it('says what to do about a document that is too big', () => {
    expect(fromDriver(driverError('SQLITE_TOOBIG'), '/a.db')).toMatchObject({
      code: 'invalid-argument',
      message: 'A document or file of records is too big for "/a.db"; split it into several.',
    })
  })

  it("is left alone where it is another's", () => {
    for (const error of [new Error('x'), driverError('ENOENT'), new TypeError('The database is busy'), 'text', null]) {
      expect(fromDriver(error, '/a.db')).toBe(error)
    }
  })
})
