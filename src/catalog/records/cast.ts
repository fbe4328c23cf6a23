import type { Data, DataType, Field } from 'apache-arrow'
import { buildColumn } from './build.ts'
import type { Cell } from './cell.ts'
import { chunkReader } from './cell-reader.ts'
import { cellFromText, converter, own } from './cells.ts'
import { isSameType } from './common-type.ts'
import { plainOf } from './dictionary.ts'
import { invalid, shown } from './invalid.ts'
import { atRow } from './nested.ts'
import { type Shape, shapeOf, UNIT_DIGITS } from './shape.ts'
import { formatType } from './type-format.ts'

type Convert = (cell: Cell) => Cell

/**
 * A chunk of a column as another field's type. Every value stays what it is (but a decimal or a wider float as a float:
 * its nearest), or `invalid-argument` names the column and the first row whose value doesn't fit, counted from `firstRow`.
 */
export function castData(data: Data, field: Field, firstRow = 0): Data {
  if (isSameType(data.type, field.type) && (field.nullable || data.nullCount === 0)) return data
  const from = shapeOf(data.type)
  if (from.kind === 'dictionary' && field.nullable && isSameType(from.value, field.type)) return plainOf(data)
  const read = chunkReader(data)
  const cast = caster(data.type, field.type)
  const cells: Cell[] = []
  let row = 0
  const place = () => `Column ${shown(field.name)} (${formatType(data.type)}), row ${firstRow + row}`
  const castCell = (cell: Cell) => {
    if (cell === null && !field.nullable) throw invalid('it may not be null')
    return cast(cell)
  }
  for (; row < data.length; row++) cells.push(atRow(place, () => castCell(read(row))))
  return buildColumn(field, cells)
}

/** How the cells of one type are written as cells of another. Throws `invalid-argument` for each that doesn't fit. */
function caster(from: DataType, to: DataType): Convert {
  const [source, target] = [shapeOf(from), shapeOf(to)]
  if (source.kind === 'dictionary') return caster(source.value, to)
  if (target.kind === 'dictionary') return caster(from, target.value)
  const nested = nestedCaster(source, target)
  const cast = nested ?? leafCaster(source, target, to)
  return (cell) => (cell === null ? null : cast(cell))
}

function nestedCaster(source: Shape, target: Shape): Convert | null {
  if (target.kind === 'map' && source.kind === 'map') {
    const [key, value] = [caster(source.key.type, target.key.type), caster(source.value.type, target.value.type)]
    return (cell) => (cell as readonly [Cell, Cell][]).map(([name, item]) => [key(name), value(item)])
  }
  if (target.kind === 'struct' && source.kind === 'struct') {
    const casters = new Map(target.fields.map(({ name, type }) => [name, fieldCaster(source, name, type)]))
    for (const { name } of source.fields) {
      if (!casters.has(name)) throw invalid(`the struct has a field ${shown(name)}, which its type in the schema lacks`)
    }
    return (cell) => {
      const values = cell as Readonly<Record<string, Cell>>
      return Object.fromEntries(
        Array.from(casters, ([name, cast]) => [name, cast((own(values, name) ?? null) as Cell)]),
      )
    }
  }
  const [item, targetItem] = [itemOf(source), itemOf(target)]
  if (item === null || targetItem === null) return null
  const cast = caster(item.type, targetItem.type)
  return (cell) => (cell as readonly Cell[]).map(cast)
}

function fieldCaster(source: Shape & { kind: 'struct' }, name: string, to: DataType): Convert {
  const field = source.fields.find((candidate) => candidate.name === name)
  return field === undefined ? () => null : caster(field.type, to)
}

function itemOf(shape: Shape): Field | null {
  return shape.kind === 'list' || shape.kind === 'fixedList' ? shape.child : null
}

function leafCaster(source: Shape, target: Shape, to: DataType): Convert {
  const convert = converter(to)
  if (source.kind === 'utf8' && target.kind !== 'utf8') return (cell) => cellFromText(to, cell as string)
  switch (target.kind) {
    case 'utf8':
      return (cell) => (isScalar(cell) ? String(cell) : convert(cell))
    case 'timestamp':
      return timestampCaster(source, target.timezone !== null, convert)
    case 'date':
      return (cell) => convert(typeof cell === 'string' ? cell.replace(/T00:00:00(\.0*)?Z?$/, '') : cell)
    case 'int':
      if (source.kind === 'bool') return (cell) => convert(Number(cell))
      return (cell) => convert(source.kind === 'decimal' ? wholeOf(cell as string) : cell)
    case 'float':
      if (source.kind === 'int') return (cell) => exactly(cell as number | bigint, convert, to)
      return (cell) => convert(source.kind === 'decimal' ? Number(cell) : cell)
    case 'duration':
      if (source.kind !== 'duration') return convert
      return (cell) => convert(rescaled(cell as bigint, UNIT_DIGITS[target.unit] - UNIT_DIGITS[source.unit]))
  }
  return convert
}

/** A timestamp without a zone counts as UTC where the other has one, and the other way round: as pyarrow casts them. */
function timestampCaster(source: Shape, isInstant: boolean, convert: (value: unknown) => Cell): Convert {
  const zone = isInstant ? 'Z' : ''
  if (source.kind === 'date') return (cell) => convert(`${cell}T00:00:00${zone}`)
  if (source.kind === 'timestamp') return (cell) => convert(String(cell).replace(/Z$/, '') + zone)
  return convert
}

/** An integer as a float; pyarrow's cast refuses one that would be rounded, too. */
function exactly(integer: number | bigint, convert: Convert, to: DataType): Cell {
  const float = convert(Number(integer)) as number
  if (BigInt(float) === BigInt(integer)) return float
  throw invalid(`${integer} is not a number that ${formatType(to)} holds exactly`)
}

function isScalar(cell: Cell): boolean {
  return typeof cell !== 'object'
}

function wholeOf(decimal: string): bigint | string {
  return /^-?\d+(\.0*)?$/.test(decimal) ? BigInt(decimal.replace(/\..*/, '')) : decimal
}

function rescaled(count: bigint, digits: number): bigint {
  const factor = 10n ** BigInt(Math.abs(digits))
  if (digits >= 0) return count * factor
  if (count % factor !== 0n) throw invalid(`a duration of ${count} can't be counted in the coarser unit exactly`)
  return count / factor
}
