import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { discardCatalog, openDeferred } from '../../src/catalog/catalog.ts'
import type { Catalog, CatalogErrorCode, CatalogOptions } from '../../src/catalog/index.ts'
import { CatalogError, deserializeCatalog, openCatalog, seededClock, seededIds } from '../../src/catalog/index.ts'

/** The first reading of the clock in these tests. */
export const START = 1_700_000_000_000

/** Where a catalog lives. */
interface Backend {
  readonly name: 'file' | 'memory' | 'deferred'
  /** An empty catalog with a seeded clock and ids; it is closed, and its file removed, when the test is over. */
  open(options?: CatalogOptions): Catalog
  /** The same content in another catalog, as another process would see it. */
  reopen(catalog: Catalog, options?: CatalogOptions): Catalog
}

/** A folder that is gone when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'deltacat-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function seeded(options?: CatalogOptions): CatalogOptions {
  return { clock: seededClock(START), ids: seededIds('test'), ...options }
}

/** The same catalog; it is closed when the test is over. */
export function closing(catalog: Catalog): Catalog {
  onTestFinished(() => catalog.close())
  return catalog
}

const file: Backend = {
  name: 'file',
  open: (options) => closing(openCatalog(join(temporaryFolder(), 'catalog.db'), seeded(options))),
  reopen: (catalog, options) => closing(openCatalog(catalog.path, { ids: seededIds('again'), ...options })),
}
const memory: Backend = {
  name: 'memory',
  open: (options) => closing(openCatalog(':memory:', seeded(options))),
  reopen: (catalog, options) =>
    closing(deserializeCatalog(catalog.serialize(), { ids: seededIds('again'), ...options })),
}

const EMPTY = new Uint8Array()

/** In memory until its file is wanted, on a connection that others have had before, as a test's own catalog is. */
const deferred: Backend = {
  name: 'deferred',
  open(options) {
    const place = () => join(temporaryFolder(), 'catalog.db')
    const catalog = openDeferred({ bytes: EMPTY, place }, seeded(options))
    onTestFinished(() => void discardCatalog(catalog))
    return catalog
  },
  reopen: file.reopen,
}

/** Every suite of behaviour runs over all of them. */
export const backends: readonly Backend[] = [file, memory, deferred]

/** The error that `work` throws, whole: its code and its message. */
export function thrownBy(work: () => unknown): { readonly code: CatalogErrorCode; readonly message: string } {
  const error = errorOf(work)
  return { code: error.code, message: error.message }
}

/** The `CatalogError` that `work` throws. */
export function errorOf(work: () => unknown): CatalogError {
  try {
    work()
  } catch (error) {
    if (error instanceof CatalogError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
