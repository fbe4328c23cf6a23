import type { Table, Vector } from 'apache-arrow'
import { hash } from '../door/crypto.ts'
import { invalid, listed, shown } from './arguments.ts'
import { arrowText } from './arrow-text.ts'
import type { BucketTransform, PartitionValue } from './model/common.ts'
import { murmur3 } from './murmur3.ts'
import { cellReader, countReader, formatType, shapeOf } from './records/late.ts'

/** What DeltaCAT joins the texts of a key's columns with. */
const DELIMITER = 'L6kl7u5f'
const MS_PER_DAY = 86_400_000n
const PER_SECOND = { s: 1n, ms: 1_000n, us: 1_000_000n, ns: 1_000_000_000n } as const

/** The bucket of each row of a table. `seed` stands in for the values where the transform names no column. */
export function bucketReader(
  table: Table,
  { numBuckets, columnNames, bucketingStrategy }: BucketTransform['parameters'],
  seed: string,
): (row: number) => PartitionValue {
  const columns = columnNames.map((name) => columnOf(table, name))
  if (bucketingStrategy === 'iceberg') return icebergBucket(columns[0] as Vector, numBuckets)
  if (columns.length === 0) return (row) => digestBucket(`${seed}\n${row}`, numBuckets)
  const texts = columns.map((column) => {
    const read = cellReader(column)
    const text = arrowText(column.type)
    return (row: number) => {
      const cell = read(row)
      return cell === null ? '' : text(cell)
    }
  })
  return (row) => digestBucket(texts.map((text) => text(row)).join(DELIMITER), numBuckets)
}

/** The column of that name. Throws `invalid-argument` if the table has none. */
export function columnOf(table: Table, name: string): Vector {
  const column = table.getChild(name)
  if (column !== null) return column
  const names = table.schema.fields.map((field) => field.name)
  throw invalid(`The partition spec names column ${shown(name)}, which the records lack; they have ${listed(names)}.`)
}

function digestBucket(text: string, numBuckets: number): number {
  return Number(BigInt(`0x${hash('sha1', text, 'hex')}`) % BigInt(numBuckets))
}

/** Iceberg's: murmur3 of a value's bytes; a null has no bucket. */
function icebergBucket(column: Vector, numBuckets: number): (row: number) => PartitionValue {
  const bytesOf = icebergBytes(column)
  return (row) => {
    const bytes = bytesOf(row)
    return bytes === null ? null : (murmur3(bytes) & 0x7fffffff) % numBuckets
  }
}

function icebergBytes(column: Vector): (row: number) => Uint8Array | null {
  const { type } = column
  const shape = shapeOf(type)
  const value = shape.kind === 'dictionary' ? shapeOf(shape.value) : shape
  switch (value.kind) {
    case 'int':
      return each(countReader(column), longBytes)
    case 'date':
      return each(countReader(column), (count) => longBytes(value.unit === 'day' ? count : floored(count, MS_PER_DAY)))
    case 'time':
    case 'timestamp':
      // Finer units are cut off.
      return each(countReader(column), (count) => longBytes(floored(count * 1_000_000n, PER_SECOND[value.unit])))
    case 'decimal':
      return each(cellReader(column), (cell) => decimalBytes(BigInt((cell as string).replace('.', ''))))
    case 'utf8':
      return each(cellReader(column), (cell) => Buffer.from(cell as string, 'utf8'))
    case 'binary':
    case 'fixedBinary':
      return each(cellReader(column), (cell) => cell as Uint8Array)
    default:
      throw invalid(`Iceberg has no bucket for a column of ${formatType(type)}; bucket by another column.`)
  }
}

function each<T>(
  read: (row: number) => T | null,
  bytesOf: (value: T) => Uint8Array,
): (row: number) => Uint8Array | null {
  return (row) => {
    const value = read(row)
    return value === null ? null : bytesOf(value)
  }
}

/** The quotient, rounded down: where a BigInt's own division goes towards zero. */
function floored(count: bigint, divisor: bigint): bigint {
  return (count - (((count % divisor) + divisor) % divisor)) / divisor
}

function longBytes(value: bigint): Uint8Array {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64LE(BigInt.asIntN(64, value))
  return bytes
}

/** The fewest bytes of the two's complement, the highest first. */
function decimalBytes(unscaled: bigint): Uint8Array {
  let bits = 8
  while (BigInt.asIntN(bits, unscaled) !== unscaled) bits += 8
  const digits = BigInt.asUintN(bits, unscaled).toString(16)
  return Buffer.from(digits.padStart(bits / 4, '0'), 'hex')
}
