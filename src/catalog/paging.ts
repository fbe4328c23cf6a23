import { hash } from '../door/crypto.ts'
import type { Context } from './context.ts'
import { CatalogError } from './errors.ts'
import type { ListResult } from './model/list-result.ts'

/** Options of every list. */
export interface PageOptions {
  /** The most items on a page. Unless said the catalog's `pageSize`, else the whole list. */
  readonly pageSize?: number
  /** `nextPageToken` of the page before, from the same call with the same arguments. */
  readonly pageToken?: string
}

/** One item of a list with the key that the next page begins after. */
export interface Keyed<T> {
  readonly key: string
  readonly item: T
}

/** Reads up to `limit` items (`null`: all) after the key `after` (`null`: from the start). */
export type ReadPage<T> = (after: string | null, limit: number | null) => readonly Keyed<T>[]

/** The page of a list that the options ask for. `list` tells one list's tokens from another's. */
export function pageOf<T>(
  context: Context,
  list: readonly unknown[],
  options: PageOptions | undefined,
  readPage: ReadPage<T>,
): ListResult<T> {
  const size = pageSizeOf(options?.pageSize) ?? context.pageSize
  const token = options?.pageToken
  if (size === null && token === undefined)
    return listOf(
      context.store.read(() => readPage(null, null)),
      null,
      noNext,
    )
  const tag = hash('sha1', JSON.stringify(list), 'hex').slice(0, 8)
  const after = token === undefined ? null : keyOf(token, tag)
  const found = context.store.read(() => readPage(after, size === null ? null : size + 1))
  const page = size === null ? found : found.slice(0, size)
  const last = page.at(-1)
  const next = found.length > page.length && last !== undefined ? `${tag}.${last.key}` : null
  return listOf(page, next, (pageToken) =>
    pageOf(
      context,
      list,
      { ...(options?.pageSize !== undefined && { pageSize: options.pageSize }), pageToken },
      readPage,
    ),
  )
}

/** `pageSize` if it is one. Throws `invalid-argument` otherwise. */
export function pageSizeOf(pageSize: number | undefined): number | null {
  if (pageSize === undefined) return null
  if (Number.isSafeInteger(pageSize) && pageSize > 0) return pageSize
  throw new CatalogError('invalid-argument', `pageSize is ${pageSize}; give a positive integer, or leave it out.`)
}

function keyOf(token: string, tag: string): string {
  const [given, key] = token.split('.')
  if (given === tag && key !== undefined && /^-?\d+$/.test(key)) return key
  const shown = JSON.stringify(token)
  throw new CatalogError(
    'invalid-argument',
    `The page token ${shown} is not from this list; give nextPageToken of the same call with the same arguments.`,
  )
}

function noNext(): never {
  throw new TypeError('the last page has no next one')
}

function listOf<T>(
  page: readonly Keyed<T>[],
  nextPageToken: string | null,
  readNext: (token: string) => ListResult<T>,
): ListResult<T> {
  const items = page.map(({ item }) => item)
  const nextPage = () => (nextPageToken === null ? null : readNext(nextPageToken))
  function* iterate(): Generator<T, void> {
    for (let list: ListResult<T> | null = result; list !== null; list = list.nextPage()) yield* list.items
  }
  const result: ListResult<T> = {
    items,
    nextPageToken,
    nextPage,
    allItems: () => [...iterate()],
    [Symbol.iterator]: iterate,
  }
  return result
}
