import type { DataType } from 'apache-arrow'
import type { Cell } from '../../../catalog/records/cells.ts'
import { TypeId } from '../compare/type-ids.ts'
import { childTypes, valueType } from '../compare/types.ts'

/** The forms in which an asymmetric matcher may see a cell of the type: canonical, and as JavaScript's own value. */
export function plainForms(type: DataType): (cell: Cell) => readonly unknown[] {
  const plain = plainForm(type)
  return (cell) => {
    if (cell === null) return [null]
    const other = plain(cell)
    return Object.is(other, cell) ? [cell] : [cell, other]
  }
}

/** Reads a cell as the number, date or `Map` that it stands for where that is exact, else as it is. */
function plainForm(type: DataType): (cell: Cell) => unknown {
  const values = valueType(type)
  const children = childTypes(values).map(plainForm)
  const orNull = (read: (cell: Cell) => unknown) => (cell: Cell) => (cell === null ? null : read(cell))
  switch (values.typeId) {
    case TypeId.Int:
    case TypeId.Duration:
      return orNull((cell) => safeNumber(cell))
    case TypeId.Decimal:
      return orNull((cell) => Number(cell))
    case TypeId.Date:
    case TypeId.Timestamp:
      return orNull((cell) => exactDate(cell))
    case TypeId.List:
    case TypeId.LargeList:
    case TypeId.FixedSizeList:
      return orNull((cell) => (cell as readonly Cell[]).map(children[0]!))
    case TypeId.Struct: {
      const names = (values.children ?? []).map(({ name }) => name)
      return orNull((cell) =>
        Object.fromEntries(names.map((name, i) => [name, children[i]!((cell as Record<string, Cell>)[name]!)])),
      )
    }
    case TypeId.Map: {
      const [key, value] = childTypes(childTypes(values)[0]!).map(plainForm)
      return orNull((cell) => new Map((cell as readonly [Cell, Cell][]).map(([k, v]) => [key!(k), value!(v)])))
    }
    default:
      return (cell) => cell
  }
}

function safeNumber(cell: Cell): unknown {
  return typeof cell === 'bigint' && Number.isSafeInteger(Number(cell)) ? Number(cell) : cell
}

/** A timestamp with digits below the millisecond has no exact `Date`; one without a zone counts as UTC. */
function exactDate(cell: Cell): unknown {
  const [, whole, fraction = ''] = /^([^.Z]*)(?:\.(\d+))?Z?$/.exec(String(cell)) ?? []
  if (whole === undefined || /[1-9]/.test(fraction.slice(3))) return cell
  const date = new Date(whole.includes('T') ? `${whole}.${fraction.slice(0, 3).padEnd(3, '0')}Z` : whole)
  return Number.isNaN(date.getTime()) ? cell : date
}
