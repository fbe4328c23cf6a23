import type { DataType, Field } from 'apache-arrow'
import type { Cell } from './cell.ts'
import { invalid, shown, unsupported } from './invalid.ts'
import { leafOf } from './leaf.ts'
import { fieldsOf, fixedItemsOf, itemsOf, pairsOf, within } from './nested.ts'
import { type Shape, shapeOf } from './shape.ts'
import { formatType } from './type-format.ts'

export { type Cell, cellKey } from './cell.ts'
export { cellReader, countReader } from './cell-reader.ts'

/**
 * Any JavaScript value that a user may write, as a cell of the type: checked against the type's range, never rounded
 * (but to a float's nearest), `undefined` as null. Dates, ISO text, numbers, bigints, decimal text, arrays, objects
 * and `Map`s are taken where they mean one thing. Throws `invalid-argument`, saying what is wrong with the value.
 */
export function toCell(type: DataType, value: unknown): Cell {
  return converter(type)(value)
}

/**
 * The cell that a text of a CSV file or a YAML scalar stands for in a column of the type, exactly: the text decides,
 * not a number made of it before. Throws `invalid-argument`, and `unsupported` for a type with children.
 */
export function cellFromText(type: DataType, text: string): Cell {
  const shape = shapeOf(type)
  if (shape.kind === 'dictionary') return cellFromText(shape.value, text)
  if (shape.kind === 'null') {
    if (text === '') return null
    throw invalid(`${shown(text)} is in a column of type null, which holds nothing`)
  }
  const leaf = leafOf(shape)
  if (leaf === null) throw unsupported(`A ${formatType(type)} can't be read from plain text; write it as JSON or YAML.`)
  return leaf.toCell(leaf.fromText(text))
}

/** What `toCell` does for a type, prepared once for many values. */
export function converter(type: DataType): (value: unknown) => Cell {
  const convert = valueConverter(type, shapeOf(type))
  return (value) => (value === null || value === undefined ? null : convert(value))
}

function valueConverter(type: DataType, shape: Shape): (value: unknown) => Cell {
  switch (shape.kind) {
    case 'null':
      return (value) => {
        throw invalid(`${shown(value)} is in a column of type null, which holds nothing`)
      }
    case 'list':
      return listConverter(shape.child, itemsOf)
    case 'fixedList':
      return listConverter(shape.child, (value) => fixedItemsOf(value, shape.size))
    case 'struct':
      return structConverter(shape.fields)
    case 'map':
      return mapConverter(shape.key, shape.value)
    case 'dictionary':
      return converter(shape.value)
  }
  const leaf = leafOf(shape)
  if (leaf === null) throw unsupported(`Values of type ${formatType(type)} can't be written.`)
  return (value) => leaf.toCell(leaf.fromValue(value))
}

function listConverter(child: Field, items: (value: unknown) => readonly unknown[]): (value: unknown) => Cell {
  const convert = required(child)
  return (value) => items(value).map((item, index) => within(`item ${index}`, () => convert(item)))
}

function structConverter(fields: readonly Field[]): (value: unknown) => Cell {
  const converters = fields.map((field) => required(field))
  return (value) => {
    const values = fieldsOf(value, fields)
    return Object.fromEntries(
      fields.map(({ name }, index) => [
        name,
        within(`field ${shown(name)}`, () => converters[index]!(own(values, name))),
      ]),
    )
  }
}

function mapConverter(key: Field, value: Field): (value: unknown) => Cell {
  const [toKey, toValue] = [converter(key.type), required(value)]
  return (map) =>
    pairsOf(map).map(([name, item]) => [
      within('a key', () => toKey(name)),
      within(`key ${shown(name)}`, () => toValue(item)),
    ])
}

/** A field's converter, which minds whether it may be null. */
function required(field: Field): (value: unknown) => Cell {
  const convert = converter(field.type)
  if (field.nullable) return convert
  return (value) => {
    if (value === null || value === undefined) throw invalid('it may not be null')
    return convert(value)
  }
}

/** An object's own value of a name: never one that it inherits, such as `constructor`. */
export function own(values: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(values, name) ? values[name] : undefined
}
