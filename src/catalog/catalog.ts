import { randomUUID } from '../door/crypto.ts'
import { checkOptions, invalid, type OptionNames, shown } from './arguments.ts'
import { checkCallOptions } from './call-options.ts'
import type { CategoryCalls } from './categories.ts'
import { categoryCalls } from './categories.ts'
import type { CommitDeltaCalls } from './commit-delta.ts'
import { commitDeltaCalls } from './commit-delta.ts'
import type { CommitPartitionCalls } from './commit-partition.ts'
import { commitPartitionCalls } from './commit-partition.ts'
import type { Context } from './context.ts'
import type { TableVersionWrites } from './create-table-version.ts'
import { tableVersionWrites } from './create-table-version.ts'
import type { DeleteStreamCalls } from './delete-stream.ts'
import { deleteStreamCalls } from './delete-stream.ts'
import type { DeltaCalls } from './deltas.ts'
import { deltaCalls } from './deltas.ts'
import { checkedClock, checkedIds } from './determinism.ts'
import type { DownloadCalls } from './downloads.ts'
import { downloadCalls } from './downloads.ts'
import { calledFrom } from './errors.ts'
import type { FaultRunner, Faults } from './faults.ts'
import { faultRunner } from './faults.ts'
import type { Entity } from './model/locators.ts'
import type { NamespaceCalls } from './namespaces.ts'
import { namespaceCalls } from './namespaces.ts'
import { pageSizeOf } from './paging.ts'
import type { PartitionCalls } from './partitions.ts'
import { partitionCalls } from './partitions.ts'
import type { ReadPartitionCalls } from './read-partition.ts'
import { readPartitionCalls } from './read-partition.ts'
import { ownerOf } from './registry.ts'
import type { StageDeltaCalls } from './stage-delta.ts'
import { stageDeltaCalls } from './stage-delta.ts'
import type { StateCalls } from './states.ts'
import { stateCalls } from './states.ts'
import { type Deferred, openStore, type Source } from './store/database.ts'
import { closedError, discardedError } from './store/driver-errors.ts'
import { rememberStore, storeOf } from './stored-rows.ts'
import type { StreamCalls } from './streams.ts'
import { streamCalls } from './streams.ts'
import type { TableVersionCalls } from './table-versions.ts'
import { tableVersionCalls } from './table-versions.ts'
import type { TableCalls } from './tables.ts'
import { tableCalls } from './tables.ts'

export { seededClock, seededIds } from './determinism.ts'
export type { StoredRow } from './stored-rows.ts'
export { putStoredRow, storedFile, storedRows } from './stored-rows.ts'

/** How a catalog is opened. */
export interface CatalogOptions {
  /** Refuses every write, and a file that doesn't exist. */
  readonly readonly?: boolean
  /** The time in milliseconds; `Date.now` unless said. See `seededClock`. */
  readonly clock?: () => number
  /** Unique ids; random UUIDs unless said. See `seededIds`. */
  readonly ids?: () => string
  /** Forces pages of at most this many items on every list, so that code that forgets the next page fails. */
  readonly pageSize?: number
  /** How long to wait for another process, in milliseconds; 5000 unless said. */
  readonly busyTimeout?: number
  /** The most pages that the file may have, to try out a full disk. */
  readonly maxPageCount?: number
}

interface Calls
  extends NamespaceCalls,
    TableCalls,
    TableVersionCalls,
    TableVersionWrites,
    StreamCalls,
    DeleteStreamCalls,
    PartitionCalls,
    CommitPartitionCalls,
    DeltaCalls,
    StageDeltaCalls,
    CommitDeltaCalls,
    DownloadCalls,
    ReadPartitionCalls,
    StateCalls,
    CategoryCalls {}

/**
 * A DeltaCAT catalog in one SQLite database: every call of DeltaCAT's storage interface, synchronous, each write in one
 * transaction. Entities are plain objects and never change: a call that changes one returns a new one.
 *
 * Every call throws a `CatalogError` if it can't keep its promise: beside the codes that a call names, `closed`,
 * `corrupt`, `busy`, `read-only`, `full` and `io` by the state of the file.
 */
export interface Catalog extends Calls, Disposable {
  /**
   * The file's path, as it was given to `openCatalog`. A test's own catalog is in memory until this is read for the
   * first time, or a transaction of several calls begins, or it is closed: from then on it is in its file.
   */
  readonly path: string
  /** Faults to test retries with. */
  readonly faults: Faults
  /**
   * Runs several calls as one transaction: all of them happen, or none if `work` throws. Throws `invalid-argument` where
   * `work` returns a promise: it is synchronous, as the catalog is.
   */
  transaction<T>(work: () => T): T
  /**
   * The bytes of the database, as its file would have them; what a write-ahead log holds is in them, and they need none.
   * Throws `unsupported` in the middle of a transaction.
   */
  serialize(): Buffer
  /** Closes the database. Closing twice is fine; any other call but those about errors throws `closed` afterwards. */
  close(): void
  readonly [Symbol.toStringTag]: string
  /** What `JSON.stringify` shows of a catalog: its path. */
  toJSON(): { readonly path: string }
}

const calls: Readonly<Record<keyof Calls, (context: Context, ...parameters: never[]) => unknown>> = {
  ...namespaceCalls,
  ...tableCalls,
  ...tableVersionCalls,
  ...tableVersionWrites,
  ...streamCalls,
  ...deleteStreamCalls,
  ...partitionCalls,
  ...commitPartitionCalls,
  ...deltaCalls,
  ...stageDeltaCalls,
  ...commitDeltaCalls,
  ...downloadCalls,
  ...readPartitionCalls,
  ...stateCalls,
  ...categoryCalls,
}
/** Every call that a fault may be injected into. */
const names = new Set([...Object.keys(calls), 'transaction', 'serialize'])

/**
 * Opens the catalog in the file at `path`, or one in memory for `':memory:'`. A file that doesn't exist is made; the
 * tables come with the first namespace.
 *
 * Throws `cannot-open` if the folder is missing, `corrupt` if the file is no catalog.
 */
export function openCatalog(path: string, options: CatalogOptions = {}): Catalog {
  if (typeof path !== 'string' || path === '')
    throw invalid(`The path is ${shown(path)}; give a file's path or ":memory:".`)
  if (path.includes('\0')) throw invalid(`The path ${shown(path)} holds a NUL character; leave it out.`)
  return catalogOn(path, options)
}

/** A catalog in memory with the content of a catalog's file, such as `catalog.serialize()` returns. */
export function deserializeCatalog(bytes: Uint8Array, options: CatalogOptions = {}): Catalog {
  if (!(bytes instanceof Uint8Array))
    throw invalid(`The bytes are ${shown(bytes)}; give what catalog.serialize() returned.`)
  return catalogOn(bytes, options)
}

/**
 * A catalog that begins with a serialized one's content and stays in memory until somebody wants its file. Anyone who
 * reads `catalog.path`, closes it, or begins a transaction finds it in the file at `place()`.
 */
export function openDeferred(deferred: Deferred, options: CatalogOptions = {}): Catalog {
  return catalogOn(deferred, options)
}

/** Those whose test has ended. */
const discarded = new WeakSet<object>()

/** Closes a catalog without making its file. Returns the path of the file that it has; `undefined` if it has none. */
export function discardCatalog(catalog: Catalog): string | undefined {
  discarded.add(catalog)
  return storeOf(catalog).discard()
}

/** The catalog that returned this very entity; `undefined` for a copy, a locator or anything else. */
export function catalogOf(entity: Entity): Catalog | undefined {
  return ownerOf(entity)?.catalog as Catalog | undefined
}

function catalogOn(source: Source, options: CatalogOptions): Catalog {
  checkCatalogOptions(options)
  return new OpenCatalog(source, options) as unknown as Catalog
}

/** A catalog: the calls are put on its prototype, each run through its faults. */
class OpenCatalog {
  readonly faults: Faults
  readonly #context: Context
  readonly #runner: FaultRunner

  constructor(source: Source, options: CatalogOptions) {
    const pageSize = pageSizeOf(options.pageSize)
    const store = openStore(source, options)
    rememberStore(this, store)
    this.#runner = faultRunner(names)
    this.faults = this.#runner.faults
    this.#context = {
      catalog: this,
      store,
      clock: checkedClock(options.clock ?? Date.now),
      ids: checkedIds(options.ids ?? randomUUID),
      pageSize,
    }
  }

  static {
    for (const [name, call] of Object.entries(calls)) {
      // Errors are told apart after the catalog was closed, too.
      const isAboutErrors = Object.hasOwn(categoryCalls, name)
      const method = call as (context: Context, ...parameters: readonly unknown[]) => unknown
      const value = function (this: OpenCatalog, ...parameters: readonly unknown[]): unknown {
        return calledFrom(value, () => {
          if (!isAboutErrors) this.#requireOpen()
          return this.#runner.run(name, () => {
            checkCallOptions(name, parameters)
            return method(this.#context, ...parameters)
          })
        })
      }
      Object.defineProperty(value, 'name', { value: name })
      // Writable and configurable, so that a test can spy on it.
      Object.defineProperty(OpenCatalog.prototype, name, { value, writable: true, configurable: true })
    }
  }

  get path(): string {
    const { store } = this.#context
    store.moveToFile()
    return store.path
  }

  transaction<T>(work: () => T): T {
    return this.#run('transaction', () => {
      if (typeof work !== 'function') throw invalid(`The work of a transaction is ${shown(work)}; give a function.`)
      // In the middle of it is too late: `work` may hand the path to another process, which must find what was before.
      this.#context.store.moveToFile()
      return this.#context.store.write(() => checkSync(work()))
    })
  }

  serialize(): Buffer {
    return this.#run('serialize', () => this.#context.store.serialize())
  }

  close(): void {
    this.#context.store.close()
  }

  [Symbol.dispose](): void {
    this.close()
  }

  get [Symbol.toStringTag](): string {
    return 'Catalog'
  }

  toJSON(): { readonly path: string } {
    return { path: this.path }
  }

  #run<T>(name: string, work: () => T): T {
    this.#requireOpen()
    return this.#runner.run(name, work)
  }

  #requireOpen(): void {
    const { store } = this.#context
    if (!store.isOpen) throw discarded.has(this) ? discardedError() : closedError(store.path)
  }
}

const OPTIONS: OptionNames<CatalogOptions> = {
  readonly: true,
  clock: true,
  ids: true,
  pageSize: true,
  busyTimeout: true,
  maxPageCount: true,
}

function checkCatalogOptions(options: CatalogOptions): void {
  checkOptions('openCatalog', options, OPTIONS)
  const { busyTimeout = 0, maxPageCount = 1, clock = Date.now, ids = randomUUID } = options
  if (typeof clock !== 'function') throw invalid(`clock is ${shown(clock)}; give a function that returns milliseconds.`)
  if (typeof ids !== 'function') throw invalid(`ids is ${shown(ids)}; give a function that returns unique texts.`)
  if (!Number.isSafeInteger(busyTimeout) || busyTimeout < 0 || busyTimeout > 0x7fffffff) {
    throw invalid(`busyTimeout is ${shown(busyTimeout)}; give milliseconds from 0 to 2147483647.`)
  }
  if (!Number.isSafeInteger(maxPageCount) || maxPageCount < 1) {
    throw invalid(`maxPageCount is ${shown(maxPageCount)}; give a positive integer.`)
  }
}

function checkSync<T>(result: T): T {
  if (typeof result === 'object' && result !== null && 'then' in result && typeof result.then === 'function') {
    throw invalid('The work of a transaction returned a promise; it must be synchronous, as the catalog is.')
  }
  return result
}
