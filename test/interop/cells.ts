import type { DataType, Field, Table } from 'apache-arrow'
import { arrow } from '../../src/catalog/records/arrow.ts'
import { type Cell, cellReader, toCell } from '../../src/catalog/records/cells.ts'
import { tableFromColumns } from '../../src/catalog/records/rows.ts'
import { parseType } from '../../src/catalog/records/schema.ts'
import { shapeOf } from '../../src/catalog/records/shape.ts'
import type { JsonTable } from './differential/step.ts'

/** A type as pyarrow prints it. Written apart from ours: it checks what ours say of a type. */
function pyarrowType(type: DataType): string {
  const shape = shapeOf(type)
  switch (shape.kind) {
    case 'int':
      return `${shape.signed ? '' : 'u'}int${shape.bits}`
    case 'float':
      return { 16: 'halffloat', 32: 'float', 64: 'double' }[shape.bits]
    case 'utf8':
      return shape.layout === 'large' ? 'large_string' : 'string'
    case 'binary':
      return shape.layout === 'large' ? 'large_binary' : 'binary'
    case 'fixedBinary':
      return `fixed_size_binary[${shape.width}]`
    case 'decimal':
      return `decimal${shape.bits}(${shape.precision}, ${shape.scale})`
    case 'date':
      return shape.unit === 'day' ? 'date32[day]' : 'date64[ms]'
    case 'time':
      return `time${shape.unit === 's' || shape.unit === 'ms' ? 32 : 64}[${shape.unit}]`
    case 'timestamp':
      return `timestamp[${shape.unit}${shape.timezone === null ? '' : `, tz=${shape.timezone}`}]`
    case 'duration':
      return `duration[${shape.unit}]`
    case 'list':
      return `${shape.large ? 'large_list' : 'list'}<${fieldText(shape.child)}>`
    case 'fixedList':
      return `fixed_size_list<${fieldText(shape.child)}>[${shape.size}]`
    case 'struct':
      return `struct<${shape.fields.map(fieldText).join(', ')}>`
    case 'map': {
      const name = shape.value.name === 'value' ? '' : ` ('${shape.value.name}')`
      return `map<${pyarrowType(shape.key.type)}, ${pyarrowType(shape.value.type)}${name}>`
    }
    case 'dictionary':
      return `dictionary<values=${pyarrowType(shape.value)}, indices=${pyarrowType(shape.indices)}, ordered=${Number(shape.ordered)}>`
    default:
      return shape.kind
  }
}

function fieldText({ name, type, nullable }: Field): string {
  return `${name}: ${pyarrowType(type)}${nullable ? '' : ' not null'}`
}

function numberToJson(value: number | bigint): unknown {
  if (typeof value === 'bigint') {
    return value > -(2n ** 53n) && value < 2n ** 53n ? Number(value) : { $int: String(value) }
  }
  // JSON has no negative zero that JavaScript would write.
  if (Object.is(value, -0)) return { $float: '-0.0' }
  if (Number.isFinite(value)) return value
  return { $float: Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf' }
}

/** A cell of ours as the Python peer writes it. */
function cellToJson(type: DataType, cell: Cell): unknown {
  if (cell === null || typeof cell === 'boolean') return cell
  const shape = shapeOf(type)
  switch (shape.kind) {
    case 'decimal':
      return { $decimal: cell }
    case 'date':
      return { $date: cell }
    case 'time':
      return { $time: cell }
    case 'timestamp':
      return { $timestamp: cell }
    case 'duration':
      return { $duration: String(cell) }
    case 'dictionary':
      return cellToJson(shape.value, cell)
    case 'list':
    case 'fixedList':
      return (cell as readonly Cell[]).map((item) => cellToJson(shape.child.type, item))
    case 'struct':
      return Object.fromEntries(
        shape.fields.map(({ name, type: inner }) => [
          name,
          cellToJson(inner, (cell as Record<string, Cell>)[name] ?? null),
        ]),
      )
    case 'map':
      return (cell as readonly (readonly [Cell, Cell])[]).map(([key, value]) => [
        cellToJson(shape.key.type, key),
        cellToJson(shape.value.type, value),
      ])
  }
  if (cell instanceof Uint8Array) return { $base64: Buffer.from(cell).toString('base64') }
  return typeof cell === 'string' ? cell : numberToJson(cell as number | bigint)
}

/** A table of ours as the Python peer writes one: fields by pyarrow's names of types, rows of exact cells. */
export function tableToJson(table: Table): JsonTable {
  const columns = table.schema.fields.map(({ type }, i) => {
    const read = cellReader(table.getChildAt(i)!)
    return (row: number) => cellToJson(type, read(row))
  })
  return {
    schema: table.schema.fields.map(({ name, type, nullable }) => [name, pyarrowType(type), nullable]),
    rows: Array.from({ length: table.numRows }, (_, row) => columns.map((read) => read(row))),
  }
}

/** What a JSON cell stands for, as a value that `toCell` takes. */
function valueFromJson(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(valueFromJson)
  if (json === null || typeof json !== 'object') return json
  const entries = Object.entries(json)
  const [tag, text] = entries[0] ?? []
  if (!tag?.startsWith('$')) return Object.fromEntries(entries.map(([key, value]) => [key, valueFromJson(value)]))
  if (tag === '$int' || tag === '$duration') return BigInt(text)
  if (tag === '$float')
    return (
      { nan: Number.NaN, inf: Number.POSITIVE_INFINITY, '-inf': Number.NEGATIVE_INFINITY }[text as string] ??
      Number(text)
    )
  if (tag === '$base64') return Uint8Array.from(Buffer.from(text, 'base64'))
  return text
}

/** An Arrow table of ours from the peer's form. */
export function tableFromJson({ schema, rows }: JsonTable): Table {
  const { Field, Schema } = arrow()
  const fields = schema.map(([name, type, nullable]) => new Field(name, parseType(type), nullable))
  const columns = fields.map(({ type }, i) => rows.map((row) => toCell(type, valueFromJson(row[i]))))
  return tableFromColumns(new Schema(fields), columns)
}
