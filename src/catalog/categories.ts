import type { Implementation } from './context.ts'
import { CatalogError } from './errors.ts'
import { isInjected } from './faults.ts'

/** The calls that tell errors apart. */
export interface CategoryCalls {
  /** Whether an error comes from the catalog: a `CatalogError`, or an error that `faults.inject` was given. */
  canCategorize(error: unknown): boolean
  /** Throws the error as a `CatalogError`, an injected one of another class as its cause; any other as it is. */
  raiseCategorizedError(error: unknown): never
}

export const categoryCalls: Implementation<CategoryCalls> = {
  canCategorize: (_context, error) => error instanceof CatalogError || isInjected(error),

  raiseCategorizedError(_context, error) {
    if (error instanceof CatalogError || !isInjected(error)) throw error
    const message = error instanceof Error ? error.message : String(error)
    throw new CatalogError('fault', `An injected fault: ${message}`, { cause: error })
  },
}
