import type { DataType, Field, Schema } from 'apache-arrow'
import { integerRange } from './integers.ts'
import { invalid, shown } from './invalid.ts'
import { itemsOf, pairsOf } from './nested.ts'
import { schemaOf } from './table.ts'
import { parseType } from './type-parser.ts'
import { field, mapType, typeOf } from './types.ts'

type Kind = 'bool' | 'number' | 'bigint' | 'text' | 'bytes' | 'date' | 'list' | 'map' | 'struct'

/** A value with the row it comes from, for messages. */
interface Sample {
  readonly value: unknown
  readonly row: number
}

/** The schema of some rows: every key is a column, in the order in which they first come. Throws `invalid-argument`. */
export function inferSchema(rows: readonly Readonly<Record<string, unknown>>[]): Schema {
  return schemaOf(
    inferFields(
      rows.map((value, row) => ({ value, row })),
      '',
    ),
  )
}

function inferFields(objects: readonly Sample[], path: string): Field[] {
  const samples = new Map<string, Sample[]>()
  for (const { value: object, row } of objects) {
    for (const [name, value] of Object.entries(object as Record<string, unknown>)) {
      const values = samples.get(name)
      if (values === undefined) samples.set(name, [{ value, row }])
      else values.push({ value, row })
    }
  }
  return Array.from(samples, ([name, values]) => field(name, inferType(values, path + name)))
}

function inferType(all: readonly Sample[], path: string): DataType {
  const samples = all.filter(({ value }) => value !== null && value !== undefined)
  const firsts = new Map<Kind, Sample>()
  for (const sample of samples) {
    const kind = kindOf(sample, path)
    if (!firsts.has(kind)) firsts.set(kind, sample)
  }
  const [kind, other] = [...firsts.keys()].sort()
  if (kind === undefined) return typeOf({ kind: 'null' })
  if (other !== undefined) {
    if (firsts.size === 2 && kind === 'bigint' && other === 'number') return mixedIntegers(samples, path)
    throw disagreement([...firsts.values()], path)
  }
  const values = samples.map(({ value }) => value)
  switch (kind) {
    case 'number':
      return parseType(values.every(isPlainInteger) ? 'int64' : 'float64')
    case 'bigint':
      return integerType(values as bigint[], path)
    case 'list': {
      const items = samples.flatMap(({ value, row }) => itemsOf(value).map((item) => ({ value: item, row })))
      return typeOf({ kind: 'list', large: false, child: field('item', inferType(items, `${path}[]`)) })
    }
    case 'struct':
      return typeOf({ kind: 'struct', fields: inferFields(samples, `${path}.`) })
    case 'map':
      return inferMap(samples, path)
  }
  return parseType({ bool: 'bool', text: 'string', bytes: 'binary', date: 'timestamp[ms, UTC]' }[kind])
}

function inferMap(samples: readonly Sample[], path: string): DataType {
  const pairs = samples.flatMap(({ value, row }) => pairsOf(value).map((pair) => ({ pair, row })))
  const part = (index: 0 | 1) => pairs.map(({ pair, row }) => ({ value: pair[index], row }))
  return mapType(field('key', inferType(part(0), `${path} key`)), field('value', inferType(part(1), `${path} value`)))
}

function mixedIntegers(samples: readonly Sample[], path: string): DataType {
  const fraction = samples.find(({ value }) => typeof value === 'number' && !isPlainInteger(value))
  const big = samples.find(({ value }) => typeof value === 'bigint')
  if (fraction !== undefined && big !== undefined) throw disagreement([fraction, big], path)
  return integerType(
    samples.map(({ value }) => BigInt(value as number | bigint)),
    path,
  )
}

function integerType(values: readonly bigint[], path: string): DataType {
  for (const signed of [true, false]) {
    const [least, greatest] = integerRange(64, signed)
    if (values.every((value) => value >= least && value <= greatest)) return parseType(signed ? 'int64' : 'uint64')
  }
  throw invalid(`Column ${shown(path)} has integers beyond 64 bits; declare a schema with a decimal(38,0) for it.`)
}

function isPlainInteger(value: unknown): boolean {
  return Number.isSafeInteger(value) && !Object.is(value, -0)
}

function disagreement([first, second]: readonly Sample[], path: string): Error {
  const one = `${shown(first!.value)} in row ${first!.row}`
  const two = `${shown(second!.value)} in row ${second!.row}`
  return invalid(`Column ${shown(path)} has ${one} but ${two}; declare a schema for it.`)
}

function kindOf({ value, row }: Sample, path: string): Kind {
  switch (typeof value) {
    case 'boolean':
      return 'bool'
    case 'number':
      return 'number'
    case 'bigint':
      return 'bigint'
    case 'string':
      return 'text'
    case 'object':
      if (value instanceof Date) return 'date'
      if (value instanceof Map) return 'map'
      if (value instanceof Uint8Array || value instanceof ArrayBuffer) return 'bytes'
      return Symbol.iterator in value! ? 'list' : 'struct'
  }
  throw invalid(`Column ${shown(path)} has a ${typeof value} in row ${row}, which no Arrow type holds.`)
}
