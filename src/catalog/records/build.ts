import type { Data, DataType, Field } from 'apache-arrow'
import { CatalogError } from '../errors.ts'
import { buildDictionary } from './build-dictionary.ts'
import { variableData } from './build-variable.ts'
import { own, toCell } from './cells.ts'
import { dataOf, type Offsets, type Validity } from './data.ts'
import { halfOfNumber } from './float16.ts'
import { invalid, shown, unsupported } from './invalid.ts'
import { type Leaf, leafOf, type Stored } from './leaf.ts'
import { fieldsOf, fixedItemsOf, itemsOf, pairsOf } from './nested.ts'
import { type MapShape, type Shape, shapeOf } from './shape.ts'
import { writeDecimal } from './stored.ts'
import { formatType } from './type-format.ts'

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
      for (const value of values) if (!isNull(value)) toCell(type, value)
      return dataOf({ type, length })
    case 'dictionary':
      return buildDictionary(type, shape, { values, validity: validityOf(values), build: buildData })
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
    const stored = values.map((value) => (isNull(value) ? null : (leaf.fromValue(value) as string | Uint8Array)))
    return variableData(type, shape.layout, stored, validityOf(values))
  }
  return dataOf({ type, length, ...validityOf(values), values: fixedWidth(shape, leaf, values) })
}

/** Which values are null, as Arrow's bitmap. */
export function validityOf(values: Values): Validity {
  let nullCount = 0
  for (const value of values) if (isNull(value)) nullCount++
  if (nullCount === 0) return { nullCount, nullBitmap: null }
  const nullBitmap = new Uint8Array((values.length + 7) >> 3)
  for (let index = 0; index < values.length; index++) {
    if (!isNull(values[index])) nullBitmap[index >> 3]! |= 1 << (index & 7)
  }
  return { nullCount, nullBitmap }
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
    if (value !== null && value !== undefined) write(index, leaf.fromValue(value))
  }
  return array
}

function structChildren(fields: readonly Field[], values: Values): Data[] {
  const objects = values.map((value) => (isNull(value) ? null : fieldsOf(value, fields)))
  return fields.map(({ name, nullable, type }) => {
    const children = objects.map((object) => (object === null ? null : own(object, name)))
    // Under a null struct a child has no value, whether it may be null or not.
    if (!nullable) requireAll(children.filter((_, index) => objects[index] !== null))
    return buildData(type, children)
  })
}

function fixedItems(child: Field, size: number, values: Values): unknown[] {
  const nulls = new Array<null>(size).fill(null)
  return values.flatMap((value) => {
    if (isNull(value)) return nulls
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
    if (!isNull(value)) for (const item of itemsIn(value)) items.push(item)
    valueOffsets[index + 1] = large ? BigInt(items.length) : items.length
  }
  return { items, valueOffsets }
}

function requireAll(values: Values): void {
  if (values.some(isNull)) throw invalid('it may not be null')
}

function isNull(value: unknown): value is null | undefined {
  return value === null || value === undefined
}

/** The error with its column and the first row that causes it. */
function located(error: unknown, field: Field, values: Values): unknown {
  if (!(error instanceof CatalogError)) return error
  const type = formatType(field.type)
  for (let row = 0; row < values.length; row++) {
    const problem = problemOf(field, values[row])
    if (problem !== null)
      return invalid(
        `Column ${shown(field.name)} (${type}), row ${row}: ${problem.message}${/[.?]$/.test(problem.message) ? '' : '.'}`,
        error,
      )
  }
  return new CatalogError(error.code, `Column ${shown(field.name)} (${type}): ${error.message}`, { cause: error })
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
