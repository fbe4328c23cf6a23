import { hash } from '../door/crypto.ts'
import { invalid, shown } from './arguments.ts'
import type { Context } from './context.ts'
import { CatalogError } from './errors.ts'
import type { ListResult } from './model/list-result.ts'

/** Options of every list. */
export interface PageOptions {
  /** The most items on a page. Unless said the catalog's `pageSize`, else the whole list. */
  readonly pageSize?: number
  /**
   * `nextPageToken` of the page before, from the same call with the same arguments; `null`: from the start. Throws
   * `conflict` where the version, stream or partition that the call goes by is another by now.
   */
  readonly pageToken?: string | null
}

/** One item of a list with the key that the next page begins after. */
export interface Keyed<T> {
  readonly key: string
  readonly item: T
}

/** A list that is read page by page. */
export interface Pages<T> {
  /** The call with its arguments, which tell one list's tokens from another's. */
  readonly list: readonly unknown[]
  /** The locator of what holds the items; `null` where there is no such thing, and so no items. */
  readonly holder: () => string | null
  /** Reads up to `limit` items (`null`: all) of the holder after the key `after` (`null`: from the start). */
  readonly read: (holder: string, after: string | null, limit: number | null) => readonly Keyed<T>[]
}

/** The page of a list that the options ask for. */
export function pageOf<T>(context: Context, options: PageOptions | undefined, pages: Pages<T>): ListResult<T> {
  const size = pageSizeOf(options?.pageSize) ?? context.pageSize
  const pageToken = options?.pageToken ?? null
  const token = pageToken === null ? null : parsed(pageToken, digest(JSON.stringify(pages.list)))
  return context.store.read(() => {
    const holder = pages.holder()
    if (token !== null && (holder === null || token.holder !== digest(holder))) throw movedOn(pageToken)
    const found = holder === null ? [] : pages.read(holder, token?.key ?? null, size === null ? null : size + 1)
    const page = size === null ? found : found.slice(0, size)
    const last = page.at(-1)
    if (holder === null || last === undefined || found.length === page.length) return listOf(page, null, noNext)
    const next = `${digest(JSON.stringify(pages.list))}.${digest(holder)}.${last.key}`
    const pageSize = options?.pageSize
    return listOf(page, next, (after) =>
      pageOf(context, { ...(pageSize !== undefined && { pageSize }), pageToken: after }, pages),
    )
  })
}

function digest(text: string): string {
  return hash('sha1', text, 'hex').slice(0, 8)
}

/** `pageSize` if it is one. Throws `invalid-argument` otherwise. */
export function pageSizeOf(pageSize: number | undefined): number | null {
  if (pageSize === undefined) return null
  if (Number.isSafeInteger(pageSize) && pageSize > 0) return pageSize
  throw invalid(`pageSize is ${shown(pageSize)}; give a positive integer, or leave it out.`)
}

/** The holder's digest and the key in a token. Throws `invalid-argument` for a token of another list. */
function parsed(token: string, list: string): { readonly holder: string; readonly key: string } {
  const [given, holder, key] = typeof token === 'string' ? token.split('.') : []
  if (given === list && holder !== undefined && key !== undefined && /^-?\d+$/.test(key)) return { holder, key }
  throw invalid(
    `The page token ${shown(token)} is not from this list; give nextPageToken of the same call with the same arguments.`,
  )
}

/** The pages before were of another holder: together they would be no list of anything. */
function movedOn(token: string | null): CatalogError {
  return new CatalogError(
    'conflict',
    `The page token ${shown(token)} is of a list whose version, stream or partition has been replaced or deleted since; list again from the start.`,
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
