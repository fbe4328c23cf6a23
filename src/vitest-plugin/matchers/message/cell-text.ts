import type { DataType } from 'apache-arrow'
import type { Cell } from '../../../catalog/records/cells.ts'
import { TypeId } from '../compare/type-ids.ts'
import { childTypes, valueType } from '../compare/types.ts'
import { visible } from './told-apart.ts'

/**
 * A cell as failures print it, on one line: texts in quotes, so that `'null'` and `null` differ; numbers, decimals
 * and times bare; binaries as hex.
 */
export function cellText(type: DataType, cell: Cell): string {
  if (cell === null) return 'null'
  const values = valueType(type)
  const children = childTypes(values)
  switch (values.typeId) {
    case TypeId.Utf8:
    case TypeId.LargeUtf8:
    case TypeId.Utf8View:
      return quoted(String(cell))
    case TypeId.List:
    case TypeId.LargeList:
    case TypeId.FixedSizeList:
      return `[${(cell as readonly Cell[]).map((item) => cellText(children[0]!, item)).join(', ')}]`
    case TypeId.Struct:
      return structText(values, cell as Readonly<Record<string, Cell>>)
    case TypeId.Map: {
      const [key, value] = childTypes(children[0]!)
      const pairs = (cell as readonly (readonly [Cell, Cell])[]).map(
        ([name, item]) => `${cellText(key!, name)}: ${cellText(value!, item)}`,
      )
      return `Map(${pairs.join(', ')})`
    }
  }
  if (cell instanceof Uint8Array) return `0x${Buffer.from(cell).toString('hex')}`
  return Object.is(cell, -0) ? '-0' : String(cell)
}

/** A cell in a table of its own: null as it is, and texts without quotes. */
export function bareText(type: DataType, cell: Cell): string | null {
  if (cell === null) return null
  const { typeId } = valueType(type)
  const isText = typeId === TypeId.Utf8 || typeId === TypeId.LargeUtf8 || typeId === TypeId.Utf8View
  return isText ? String(cell) : cellText(type, cell)
}

function structText(type: DataType, cell: Readonly<Record<string, Cell>>): string {
  const fields = (type.children ?? []).map(({ name, type: member }) => `${name}: ${cellText(member, cell[name]!)}`)
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`
}

/** A text in single quotes, with what can't stand on a line, or can't be seen there, escaped. */
function quoted(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  return `'${visible(escaped)}'`
}
