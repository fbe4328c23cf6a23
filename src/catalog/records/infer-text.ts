import type { DataType } from 'apache-arrow'
import { CatalogError } from '../errors.ts'
import { cellFromText } from './cells.ts'
import { parseType } from './type-parser.ts'

const DATE = /^\d{4}-\d\d-\d\d/.source
const ZONE = /(?:Z|[+-]\d\d(?::?\d\d)?)$/.source
const CLOCK = /[ T]\d\d(?::\d\d(?::\d\d)?)?/.source
const FINE_CLOCK = /(?:[ T]\d\d(?::\d\d(?::\d\d(?:\.\d{1,9})?)?)?)/.source

/** The types that pyarrow tries, in its order, and how a value of each is written. */
const CANDIDATES: readonly (readonly [type: string, pattern: RegExp])[] = [
  ['int64', /^ *-?\d+ *$/],
  ['bool', /^(?:true|false|TRUE|FALSE|True|False|1|0)$/],
  ['date32', new RegExp(`${DATE}$`)],
  ['time32[s]', /^\d\d:\d\d(?::\d\d)?$/],
  ['timestamp[s]', new RegExp(`${DATE}(?:${CLOCK})?$`)],
  ['timestamp[s, UTC]', new RegExp(`${DATE}${CLOCK}${ZONE}`)],
  ['timestamp[ns]', new RegExp(`${DATE}${FINE_CLOCK}?$`)],
  ['timestamp[ns, UTC]', new RegExp(`${DATE}${FINE_CLOCK}${ZONE}`)],
  ['float64', /^ *-?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|nan|inf(?:inity)?) *$/i],
]

/** The type of a column of texts, as pyarrow infers it from CSV: the first that all of them can be read as. */
export function inferText(texts: readonly (string | null)[]): DataType {
  if (texts.every((text) => text === null)) return parseType('null')
  for (const [name, pattern] of CANDIDATES) {
    const type = parseType(name)
    if (texts.every((text) => text === null || (pattern.test(text) && isReadable(type, text)))) return type
  }
  return parseType('string')
}

function isReadable(type: DataType, text: string): boolean {
  try {
    cellFromText(type, text)
    return true
  } catch (error) {
    if (error instanceof CatalogError) return false
    throw error
  }
}
