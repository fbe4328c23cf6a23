/** What went wrong, in one word. `errorCodes` says more of each. */
export type CatalogErrorCode =
  | 'not-found'
  | 'already-exists'
  | 'conflict'
  | 'invalid-argument'
  | 'unsupported'
  | 'corrupt'
  | 'busy'
  | 'read-only'
  | 'full'
  | 'cannot-open'
  | 'io'
  | 'closed'
  | 'fault'

/** Of each code: when it is thrown, and what to do about it. The documentation's table is made from this one. */
export const errorCodes: Readonly<Record<CatalogErrorCode, { readonly cause: string; readonly mend: string }>> = {
  'not-found': {
    cause: 'A namespace, table, version, stream, partition, delta or file of records that the call needs is missing.',
    mend: 'The message lists what is there: correct the name, or create it first.',
  },
  'already-exists': {
    cause:
      'What the call would add is there already; most often a commit that is sent again after its answer was lost.',
    mend: 'Take `error.existing`, the entity that is there, as the answer.',
  },
  conflict: {
    cause: 'Somebody else was faster: a position that does not increase, a partition or stream that has been replaced.',
    mend: 'Read the current state, stage again on top of it and commit.',
  },
  'invalid-argument': {
    cause: 'An argument has the wrong type, is out of range, or contradicts another or the table version.',
    mend: 'Correct the argument that the message names.',
  },
  unsupported: {
    cause: 'The call is right, but this catalog does not do it: renaming, ORC and Ion files, an opaque schema.',
    mend: 'Use what the message offers in its place.',
  },
  corrupt: {
    cause:
      'The file is no SQLite database, is damaged, lacks a table, or holds a document or records that cannot be read.',
    mend: 'Restore the file, or remove the row that the message names by table and locator.',
  },
  busy: {
    cause: 'Another process held the file for longer than `busyTimeout` (5 s unless said).',
    mend: 'Try again, or open the catalog with a longer `busyTimeout`.',
  },
  'read-only': {
    cause: 'The call writes, and the catalog was opened `readonly`, or the file or its folder cannot be written.',
    mend: 'Open it without `readonly`, or change the permissions.',
  },
  full: {
    cause: 'The disk is full, or the file has reached the `maxPageCount` that the catalog was opened with.',
    mend: 'Free some space, or raise `maxPageCount`.',
  },
  'cannot-open': {
    cause: 'There is no file to open at the path, its folder does not exist, or the path is a folder.',
    mend: 'Correct the path, or create the folder.',
  },
  io: {
    cause: 'The operating system failed to read or write the file.',
    mend: 'See `error.cause`; check the disk.',
  },
  closed: {
    cause: 'The catalog was used after `close()`, or after the test that it belonged to.',
    mend: 'Open it again, or close it later; await in a test what it has begun.',
  },
  fault: {
    cause: 'A fault injected by `catalog.faults.inject` without an error of its own.',
    mend: 'It is meant: the code under test has to cope. `catalog.faults.clear()` removes those left.',
  },
}

/** Every error that a catalog throws on purpose. */
export class CatalogError extends Error {
  override readonly name = 'CatalogError'
  /** What went wrong, in one word. */
  readonly code: CatalogErrorCode
  /** Of an `already-exists`: the entity that is there, such as the delta that an earlier try has committed. */
  declare readonly existing?: unknown

  constructor(code: CatalogErrorCode, message: string, options?: { cause?: unknown; existing?: unknown }) {
    super(message, options && 'cause' in options ? { cause: options.cause } : undefined)
    this.code = code
    // Not there at all otherwise: whoever prints the error shouldn't see an undefined.
    if (options?.existing !== undefined) this.existing = options.existing
  }
}

/**
 * Runs the work of a public function; an error of ours begins its stack where that was called. Node keeps ten frames:
 * with our own among them, the line of the caller would be cut off.
 */
export function calledFrom<T>(called: (...parameters: never[]) => unknown, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof CatalogError) Error.captureStackTrace(error, called)
    throw error
  }
}
