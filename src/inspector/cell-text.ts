import type { DataType } from 'apache-arrow'
import type { Cell } from '../catalog/index.ts'
import { formatType } from '../catalog/records/schema.ts'
import { shapeOf } from '../catalog/records/shape.ts'
import type { CellText, ColumnKind, ColumnView } from './model.ts'

/** A cell as people read it: exact, texts bare, bytes as `0x…`, nested values in brackets. `null` stays null. */
export function cellText(cell: Cell): CellText {
  return cell === null ? null : typeof cell === 'string' ? cell : innerText(cell)
}

function innerText(cell: Cell): string {
  switch (typeof cell) {
    case 'string':
      return JSON.stringify(cell)
    case 'number':
      return Object.is(cell, -0) ? '-0' : String(cell)
    case 'bigint':
    case 'boolean':
      return String(cell)
  }
  if (cell === null) return 'null'
  if (cell instanceof Uint8Array)
    return `0x${Buffer.from(cell.buffer, cell.byteOffset, cell.byteLength).toString('hex')}`
  if (Array.isArray(cell)) return `[${cell.map(innerText).join(', ')}]`
  const fields = Object.entries(cell).map(
    ([name, value]) => `${/^\w+$/.test(name) ? name : JSON.stringify(name)}: ${innerText(value)}`,
  )
  return `{${fields.join(', ')}}`
}

/** A column for the page and the terminal. */
export function columnView(name: string, type: DataType, nullable: boolean): ColumnView {
  return { name, type: `${formatType(type)}${nullable ? '' : '!'}`, kind: kindOf(type) }
}

function kindOf(type: DataType): ColumnKind {
  const shape = shapeOf(type)
  switch (shape.kind) {
    case 'int':
    case 'float':
    case 'decimal':
    case 'duration':
      return 'number'
    case 'utf8':
      return 'text'
    case 'date':
    case 'time':
    case 'timestamp':
      return 'time'
    case 'bool':
      return 'boolean'
    case 'binary':
    case 'fixedBinary':
      return 'binary'
    case 'list':
    case 'fixedList':
    case 'struct':
    case 'map':
      return 'nested'
    case 'dictionary':
      return kindOf(shape.value)
    default:
      return 'unknown'
  }
}
