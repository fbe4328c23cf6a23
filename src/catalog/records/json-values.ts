import type { DataType } from 'apache-arrow'
import { invalid, shown } from './invalid.ts'
import { shapeOf } from './shape.ts'

/** A number that JSON writes with more digits than a double keeps; a decimal column wants them all. */
class NumberText {
  readonly source: string
  readonly value: number

  constructor(source: string, value: number) {
    this.source = source
    this.value = value
  }
}

/** A reviver for `JSON.parse` that keeps every digit: integers as bigints, other numbers as `NumberText`. */
export function exactNumbers(_key: string, value: unknown, context: { readonly source?: string }): unknown {
  const { source } = context
  if (typeof value !== 'number' || source === undefined || source.length < 16) return value
  if (/^-?\d+$/.test(source)) return Number.isSafeInteger(value) ? value : BigInt(source)
  return new NumberText(source, value)
}

/** A JSON value with plain numbers for the texts of them. */
export function plainValue(value: unknown): unknown {
  if (value instanceof NumberText) return value.value
  if (Array.isArray(value)) return value.map(plainValue)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainValue(item)]))
}

/** How the JSON values of a type become what `toCell` takes: bytes from base64, decimals from all their digits. */
export function jsonConverter(type: DataType): (value: unknown) => unknown {
  const convert = valueConverter(type)
  return (value) => (value === null || value === undefined ? null : convert(value))
}

function valueConverter(type: DataType): (value: unknown) => unknown {
  const shape = shapeOf(type)
  switch (shape.kind) {
    case 'float':
      return (value) => (typeof value === 'bigint' ? Number(value) : value instanceof NumberText ? value.value : value)
    case 'decimal':
      return (value) => (value instanceof NumberText ? value.source : value)
    case 'binary':
    case 'fixedBinary':
      return bytesOfBase64
    case 'dictionary':
      return jsonConverter(shape.value)
    case 'list':
    case 'fixedList': {
      const item = jsonConverter(shape.child.type)
      return (value) => (Array.isArray(value) ? value.map(item) : value)
    }
    case 'map': {
      const [key, item] = [jsonConverter(shape.key.type), jsonConverter(shape.value.type)]
      return (value) => pairs(value).map((pair) => (isPair(pair) ? [key(pair[0]), item(pair[1])] : pair))
    }
    case 'struct': {
      const fields = new Map(shape.fields.map((field) => [field.name, jsonConverter(field.type)]))
      return (value) => {
        if (typeof value !== 'object' || Array.isArray(value) || value instanceof NumberText) return plainValue(value)
        return Object.fromEntries(
          Object.entries(value!).map(([name, item]) => [name, (fields.get(name) ?? plainValue)(item)]),
        )
      }
    }
  }
  return plainValue
}

function pairs(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  if (typeof value === 'object' && value !== null && !(value instanceof NumberText)) return Object.entries(value)
  throw invalid(`${shown(plainValue(value))} is not a map; write pairs of key and value`)
}

function isPair(value: unknown): value is readonly [unknown, unknown] {
  return Array.isArray(value) && value.length === 2
}

function bytesOfBase64(value: unknown): unknown {
  if (typeof value !== 'string') throw invalid(`${shown(plainValue(value))} is not a text in base64`)
  const bytes = Buffer.from(value, 'base64')
  if (bytes.toString('base64') === value) return new Uint8Array(bytes)
  throw invalid(`${shown(value)} is not base64`)
}
