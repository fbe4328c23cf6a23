/** What went wrong, in one word. */
export type CatalogErrorCode =
  | 'not-found'
  | 'already-exists'
  | 'conflict'
  | 'invalid-argument'
  | 'unsupported'
  | 'corrupt'
  | 'busy'

/** Every error that a catalog throws on purpose. */
export class CatalogError extends Error {
  override readonly name = 'CatalogError'
  readonly code: CatalogErrorCode

  constructor(code: CatalogErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
  }
}
