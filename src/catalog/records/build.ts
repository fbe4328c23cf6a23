import type { Data, DataType, Field } from 'apache-arrow'
import { CatalogError } from '../errors.ts'
import { buildDictionary } from './build-dictionary.ts'
import { variableData } from './build-variable.ts'
import { own, toCell } from './cells.ts'
import { dataOf, isNull, type Offsets, validityOf } from './data.ts'
import { halfOfNumber } from './float16.ts'
import { invalid, sentence, shown, unsupported } from './invalid.ts'
import { type Leaf, leafOf, type Stored } from './leaf.ts'
import { EMPTY, fieldsOf, fixedItemsOf, itemsOf, pairsOf } from './nested.ts'
import { type MapShape, type Shape, shapeOf } from './shape.ts'
import { writeDecimal } from './stored.ts'
import { formatField, formatType } from './type-format.ts'

type Values = readonly unknown[]

/** A column of values that users may write. Throws `invalid-argument`, naming the column and the row. */
export function buildColumn(field: Field, values: Values): Data {
  try {
    if (!field.nullable) requireAll(values)
    return buildData(field.type, values)
  } catch (error) {
    throw located(error, field, values)
  }
}

/** A chunk of a column, written straight into Arrow's buffers; apache-arrow's builders wrap, round and pad. */
export function buildData(type: DataType, values: Values): Data {
  const shape = shapeOf(type)
  const length = values.length
  switch (shape.kind) {
    case 'null':
      for (const value of values) if (hasValue(value)) toCell(type, value)
      return dataOf({ type, length })
    case 'dictionary':
      return buildDictionary(type, shape, values, buildData)
    case 'struct':
      return dataOf({ type, length, ...validityOf(values), children: structChildren(shape.fields, values) })
    case 'fixedList': {
      const child = buildData(shape.child.type, fixedItems(shape.child, shape.size, values))
      return dataOf({ type, length, ...validityOf(values), children: [child] })
    }
    case 'list': {
      const { items, valueOffsets } = flatten(values, itemsOf, shape.large)
      if (!shape.child.nullable) requireAll(items)
      return listData(type, values, valueOffsets, buildData(shape.child.type, items))
    }
    case 'map': {
      const { items, valueOffsets } = flatten(values, pairsOf, false)
      return listData(type, values, valueOffsets, mapEntries(shape, items))
    }
  }
  const leaf = leafOf(shape)
  if (leaf === null) throw unsupported(`Values of type ${formatType(type)} can't be written.`)
  if (shape.kind === 'utf8' || shape.kind === 'binary') {
    const stored = values.map((value) => (hasValue(value) ? (leaf.fromValue(value) as string | Uint8Array) : null))
    return variableData(type, shape.layout, stored, validityOf(values))
  }
  return dataOf({ type, length, ...validityOf(values), values: fixedWidth(shape, leaf, values) })
}

function fixedWidth(shape: Shape, leaf: Leaf, values: Values): ArrayBufferView {
  const length = values.length
  switch (shape.kind) {
    case 'bool': {
      const bits = new Uint8Array((length + 7) >> 3)
      return filled(bits, leaf, values, (index, value) => {
        if (value === true) bits[index >> 3]! |= 1 << (index & 7)
      })
    }
    case 'decimal': {
      const stride = shape.bits / 32
      const words = new Uint32Array(length * stride)
      return filled(words, leaf, values, (index, value) => writeDecimal(words, index, stride, value as bigint))
    }
    case 'fixedBinary': {
      const bytes = new Uint8Array(length * shape.width)
      return filled(bytes, leaf, values, (index, value) => bytes.set(value as Uint8Array, index * shape.width))
    }
    case 'float': {
      const numbers =
        shape.bits === 64
          ? new Float64Array(length)
          : shape.bits === 32
            ? new Float32Array(length)
            : new Uint16Array(length)
      return filled(numbers, leaf, values, (index, value) => {
        numbers[index] = shape.bits === 16 ? halfOfNumber(value as number) : (value as number)
      })
    }
  }
  const array = integers(shape, length)
  if (array instanceof BigInt64Array || array instanceof BigUint64Array) {
    return filled(array, leaf, values, (index, value) => {
      array[index] = value as bigint
    })
  }
  return filled(array, leaf, values, (index, value) => {
    array[index] = Number(value)
  })
}

function integers(shape: Shape, length: number) {
  if (shape.kind === 'int') {
    switch (shape.bits) {
      case 8:
        return shape.signed ? new Int8Array(length) : new Uint8Array(length)
      case 16:
        return shape.signed ? new Int16Array(length) : new Uint16Array(length)
      case 32:
        return shape.signed ? new Int32Array(length) : new Uint32Array(length)
      case 64:
        return shape.signed ? new BigInt64Array(length) : new BigUint64Array(length)
    }
  }
  const isNarrow = shape.kind === 'date' ? shape.unit === 'day' : shape.kind === 'time' && /^m?s$/.test(shape.unit)
  return isNarrow ? new Int32Array(length) : new BigInt64Array(length)
}

function filled<T>(array: T, leaf: Leaf, values: Values, write: (index: number, value: Stored) => void): T {
  for (let index = 0; index < values.length; index++) {
    const value = values[index]
    if (hasValue(value)) write(index, leaf.fromValue(value))
  }
  return array
}

function structChildren(fields: readonly Field[], values: Values): Data[] {
  const objects = values.map((value) => (hasValue(value) ? fieldsOf(value, fields) : null))
  return fields.map(({ name, nullable, type }) => {
    const children = objects.map((object) => (object === null ? EMPTY : own(object, name)))
    if (!nullable) requireAll(children)
    return buildData(type, children)
  })
}

function fixedItems(child: Field, size: number, values: Values): unknown[] {
  return values.flatMap((value) => {
    if (!hasValue(value)) return new Array(size).fill(value)
    const items = fixedItemsOf(value, size)
    if (!child.nullable) requireAll(items)
    return items
  })
}

function mapEntries(shape: MapShape, pairs: readonly (readonly [unknown, unknown])[]): Data {
  const items = pairs.map(([, value]) => value)
  if (!shape.value.nullable) requireAll(items)
  const key = buildData(
    shape.key.type,
    pairs.map(([name]) => name),
  )
  const children = [key, buildData(shape.value.type, items)]
  return dataOf({ type: shape.entries.type, length: pairs.length, children })
}

function listData(type: DataType, values: Values, valueOffsets: Offsets, child: Data): Data {
  return dataOf({ type, length: values.length, ...validityOf(values), valueOffsets, children: [child] })
}

function flatten<T>(values: Values, itemsIn: (value: unknown) => readonly T[], large: boolean) {
  const items: T[] = []
  const valueOffsets = large ? new BigInt64Array(values.length + 1) : new Int32Array(values.length + 1)
  for (let index = 0; index < values.length; index++) {
    const value = values[index]
    if (hasValue(value)) for (const item of itemsIn(value)) items.push(item)
    valueOffsets[index + 1] = large ? BigInt(items.length) : items.length
  }
  return { items, valueOffsets }
}

function requireAll(values: Values): void {
  if (values.some(isNull)) throw invalid('it may not be null')
}

function hasValue(value: unknown): boolean {
  return !isNull(value) && value !== EMPTY
}

/** The error with its column and the first row that causes it. */
function located(error: unknown, field: Field, values: Values): unknown {
  if (!(error instanceof CatalogError)) return error
  const column = `Column ${shown(field.name)} (${formatField(field)})`
  for (let row = 0; row < values.length; row++) {
    const problem = problemOf(field, values[row])
    if (problem !== null) return invalid(`${column}, row ${row}: ${sentence(problem.message)}`)
  }
  return new CatalogError(error.code, `${column}: ${sentence(error.message)}`)
}

function problemOf(field: Field, value: unknown): Error | null {
  try {
    if (!field.nullable && isNull(value)) throw invalid('it may not be null')
    toCell(field.type, value)
    return null
  } catch (problem) {
    return problem as Error
  }
}
