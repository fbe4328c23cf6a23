import { CatalogError } from '../errors.ts'

/** What the driver throws: SQLite's result code by name. */
interface DriverError extends Error {
  readonly code: string
}

/** Our error for one of the driver's, with the driver's as its cause; any other error as it is. */
export function fromDriver(error: unknown, path: string): unknown {
  const file = JSON.stringify(path)
  if (error instanceof TypeError && error.message === 'The database connection is not open') return closedError(path)
  if (!isDriverError(error)) return error
  const { code } = error
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    return wrap('busy', `${file} is locked by another process; try again, or open it with a longer busyTimeout.`)
  }
  if (/^SQLITE_NOTADB/.test(code)) {
    return wrap('corrupt', `${file} is not an SQLite database; restore the file or open another.`)
  }
  if (/^SQLITE_(CORRUPT|FORMAT|SCHEMA)/.test(code)) {
    return wrap('corrupt', `${file} is damaged (${error.message}); restore it from a copy.`)
  }
  if (code === 'SQLITE_READONLY_ROLLBACK' || code === 'SQLITE_READONLY_RECOVERY') {
    return wrap(
      'read-only',
      `${file} was left in the middle of a write; open it once without readonly to roll it back.`,
    )
  }
  if (/^SQLITE_(READONLY|PERM)/.test(code)) {
    return wrap('read-only', `${file} cannot be written; open it without readonly, and check its permissions.`)
  }
  if (/^SQLITE_FULL/.test(code)) {
    return wrap('full', `${file} cannot grow: the disk is full or maxPageCount is reached; free space or raise it.`)
  }
  if (/^SQLITE_CANTOPEN/.test(code)) {
    return wrap('cannot-open', `${file}, or its journal, cannot be opened; check the path and its permissions.`)
  }
  if (/^SQLITE_CONSTRAINT/.test(code)) {
    return wrap('invalid-argument', `${file} has a row with that id already; open it with ids that are unique.`)
  }
  if (/^SQLITE_TOOBIG/.test(code)) {
    return wrap('invalid-argument', `A document or file of records is too big for ${file}; split it into several.`)
  }
  if (/^SQLITE_ERROR/.test(code)) {
    return wrap('corrupt', `${file} lacks what a catalog has (${error.message}); restore it from a copy.`)
  }
  return wrap('io', `${file} could not be read or written (${code}: ${error.message}); check the disk.`)

  function wrap(ours: CatalogError['code'], message: string): CatalogError {
    return new CatalogError(ours, message, { cause: error })
  }
}

/** The catalog is used after it was closed. */
export function closedError(path: string): CatalogError {
  return new CatalogError('closed', `The catalog ${JSON.stringify(path)} is closed; open it again to use it.`)
}

/** The catalog of a test is used after the test: what uses it was not waited for. */
export function discardedError(): CatalogError {
  return new CatalogError(
    'closed',
    'The catalog was discarded, as its test has ended; await in the test what still uses it.',
  )
}

function isDriverError(error: unknown): error is DriverError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('SQLITE_')
}
