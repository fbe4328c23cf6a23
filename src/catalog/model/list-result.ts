/** A page of a list. With no page size the first page is the whole list. */
export interface ListResult<T> extends Iterable<T> {
  /** This page's items. */
  readonly items: readonly T[]
  /** Give it as `pageToken` in the same call's options for the next page; `null` on the last one. */
  readonly nextPageToken: string | null
  /** The next page, or `null` on the last one. */
  nextPage(): ListResult<T> | null
  /** The items of this page and of all after it. Iterating gives the same. */
  allItems(): T[]
}
