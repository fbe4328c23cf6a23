import type { DataType, Table, Vector } from 'apache-arrow'
import { hash } from '../door/crypto.ts'
import { invalid, listed, shown } from './arguments.ts'
import { arrowText } from './arrow-text.ts'
import type { BucketTransform, PartitionValue } from './model/common.ts'
import { murmur3 } from './murmur3.ts'
import type { Cell } from './records/cells.ts'
import { cellReader, formatType, shapeOf } from './records/late.ts'

/** What DeltaCAT joins the texts of a key's columns with. */
const DELIMITER = 'L6kl7u5f'

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
  const read = cellReader(column)
  const bytes = icebergBytes(column.type)
  return (row) => {
    const cell = read(row)
    return cell === null ? null : (murmur3(bytes(cell)) & 0x7fffffff) % numBuckets
  }
}

function icebergBytes(type: DataType): (cell: Exclude<Cell, null>) => Uint8Array {
  const shape = shapeOf(type)
  switch (shape.kind) {
    case 'dictionary':
      return icebergBytes(shape.value)
    case 'int':
      return (cell) => longBytes(BigInt(cell as number | bigint))
    case 'date':
      return (cell) => longBytes(BigInt(Date.parse(`${cell}T00:00:00Z`) / 86_400_000))
    case 'time':
      return (cell) => longBytes(microseconds(`1970-01-01T${cell}`))
    case 'timestamp':
      return (cell) => longBytes(microseconds(cell as string))
    case 'decimal':
      return (cell) => decimalBytes(BigInt((cell as string).replace('.', '')))
    case 'utf8':
      return (cell) => Buffer.from(cell as string, 'utf8')
    case 'binary':
    case 'fixedBinary':
      return (cell) => cell as Uint8Array
    default:
      throw invalid(`Iceberg has no bucket for a column of ${formatType(type)}; bucket by another column.`)
  }
}

function longBytes(value: bigint): Uint8Array {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64LE(BigInt.asIntN(64, value))
  return bytes
}

/** Microseconds since 1970 of an ISO text with any number of digits after the seconds; finer ones are cut off. */
function microseconds(text: string): bigint {
  const [, seconds = '', fraction = ''] = /^([^.Z]*)(?:\.(\d+))?Z?$/.exec(text) ?? []
  return BigInt(Date.parse(`${seconds}Z`)) * 1000n + BigInt(fraction.slice(0, 6).padEnd(6, '0'))
}

/** The fewest bytes of the two's complement, the highest first. */
function decimalBytes(unscaled: bigint): Uint8Array {
  let bits = 8
  while (BigInt.asIntN(bits, unscaled) !== unscaled) bits += 8
  const digits = BigInt.asUintN(bits, unscaled).toString(16)
  return Buffer.from(digits.padStart(bits / 4, '0'), 'hex')
}
