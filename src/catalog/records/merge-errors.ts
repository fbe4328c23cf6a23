import { CatalogError } from '../errors.ts'

/** Names the delta that an error of merging is about, and says what to do: a committed delta can't be changed any more. */
export function atDelta<T>(name: string | undefined, work: () => T): T {
  if (name === undefined) return work()
  return mending('stage it again, corrected', work, (what) => {
    return `${name} can't be merged: ${what.charAt(0).toLowerCase()}${what.slice(1)}`
  })
}

/** Says what to do about types of which none holds both, where the deltas have names. */
export function atTypes<T>(isNamed: boolean, work: () => T): T {
  return isNamed ? mending("stage one of them again as the other's type", work) : work()
}

function mending<T>(mend: string, work: () => T, told = (what: string): string => what): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error
    const what = told(error.message)
    const rest = `${mend}, in a partition that replaces this one.`
    const message = what.endsWith('?')
      ? `${what} ${rest.charAt(0).toUpperCase()}${rest.slice(1)}`
      : `${what.replace(/\.$/, '')}; ${rest}`
    throw new CatalogError(error.code, message, { cause: error })
  }
}
