import type { DataType } from 'apache-arrow'
import { type Cell, cellKey, converter, own } from '../../../catalog/records/cells.ts'
import type { CellPattern } from '../compare/columns.ts'
import { TypeId } from '../compare/type-ids.ts'
import { childTypes, valueType } from '../compare/types.ts'
import { cellText } from '../message/cell-text.ts'
import {
  type AsymmetricMatcher,
  askAlike,
  asymmetricText,
  holdsAsymmetric,
  isAsymmetric,
  sampleNumber,
} from './asymmetric.ts'
import { plainForms } from './plain-forms.ts'

/** Makes the patterns of one column. Cells that hold equal matchers get the same pattern. */
export function patternMaker(type: DataType): (value: unknown) => CellPattern {
  const known = new Map<string, { readonly matcher: AsymmetricMatcher; readonly pattern: CellPattern }[]>()
  return (value) => {
    if (!isAsymmetric(value)) return cellPattern(type, value)
    const text = asymmetricText(value)
    const alike = known.get(text)
    const found = alike?.find(({ matcher }) => askAlike(matcher, value))
    if (found !== undefined) return found.pattern
    const entry = { matcher: value, pattern: cellPattern(type, value) }
    if (alike === undefined) known.set(text, [entry])
    else alike.push(entry)
    return entry.pattern
  }
}

/** What a value with asymmetric matchers in it accepts in a column of the type. */
function cellPattern(type: DataType, value: unknown): CellPattern {
  if (isAsymmetric(value)) return matcherPattern(type, value)
  if (!holdsAsymmetric(value)) return exactPattern(type, value)
  const values = valueType(type)
  switch (values.typeId) {
    case TypeId.List:
    case TypeId.LargeList:
    case TypeId.FixedSizeList:
      if (Array.isArray(value)) return listPattern(childTypes(values)[0]!, value)
      break
    case TypeId.Struct:
      return structPattern(values, value as Readonly<Record<string, unknown>>)
    case TypeId.Map:
      return mapPattern(childTypes(values)[0]!, value as object)
  }
  // Matchers stand where this type can hold nothing: the converter says so.
  return exactPattern(type, value)
}

/**
 * A matcher sees the cell in canonical form, and, where that is a text or bigint that stands for a number or a date,
 * as that too: `expect.any(Number)` and `expect.closeTo(10.5)` fit an int64 and a decimal. It is enough if one of the
 * forms passes; a negated matcher (`expect.not.…`) has to pass with all.
 */
function matcherPattern(type: DataType, matcher: AsymmetricMatcher): CellPattern {
  const forms = plainForms(type)
  return {
    text: asymmetricText(matcher),
    near: sampleNumber(matcher),
    matches(cell) {
      const passes = (form: unknown) => matcher.asymmetricMatch(form)
      return matcher.inverse === true ? forms(cell).every(passes) : forms(cell).some(passes)
    },
  }
}

function exactPattern(type: DataType, value: unknown): CellPattern {
  const cell = converter(type)(value)
  const key = cellKey(cell)
  return { text: cellText(type, cell), matches: (other) => cellKey(other) === key }
}

function listPattern(item: DataType, values: readonly unknown[]): CellPattern {
  const items = values.map((value) => cellPattern(item, value))
  return {
    text: `[${items.map(({ text }) => text).join(', ')}]`,
    matches: (cell) => Array.isArray(cell) && cell.length === items.length && eachMatches(items, cell),
  }
}

function structPattern(type: DataType, value: Readonly<Record<string, unknown>>): CellPattern {
  const names = (type.children ?? []).map(({ name }) => name)
  const unknown = Object.keys(value).find((name) => !names.includes(name))
  // The converter knows what to say about a field that isn't there.
  if (unknown !== undefined) return exactPattern(type, value)
  const types = childTypes(type)
  const members = names.map((name, i) => cellPattern(types[i]!, own(value, name)))
  return {
    text: `{ ${members.map(({ text }, i) => `${names[i]}: ${text}`).join(', ')} }`,
    matches: (cell) =>
      cell !== null && members.every((member, i) => member.matches((cell as Record<string, Cell>)[names[i]!]!)),
  }
}

function mapPattern(entry: DataType, value: object): CellPattern {
  const [keyType, valueType] = childTypes(entry)
  const pairs: readonly unknown[] = Array.isArray(value)
    ? value
    : [...(value instanceof Map ? value : Object.entries(value))]
  const items = pairs.flatMap((pair) => {
    const [key, item] = pair as readonly [unknown, unknown]
    return [cellPattern(keyType!, key), cellPattern(valueType!, item)]
  })
  return {
    text: `Map(${pairs.map((_, i) => `${items[2 * i]!.text}: ${items[2 * i + 1]!.text}`).join(', ')})`,
    matches: (cell) => Array.isArray(cell) && 2 * cell.length === items.length && eachMatches(items, cell.flat()),
  }
}

function eachMatches(patterns: readonly CellPattern[], cells: readonly Cell[]): boolean {
  return patterns.every((pattern, index) => pattern.matches(cells[index]!))
}
