import type { DataType, Field } from 'apache-arrow'
import type { Cell } from '../../catalog/records/cells.ts'
import { TypeId } from './compare/type-ids.ts'
import { childTypes, valueType } from './compare/types.ts'

/**
 * A row as a YAML flow mapping, each cell written so that a fixture reads the very same cell from it by its column's
 * type. Null cells are left out, as a fixture's rows may.
 */
export function yamlRow(fields: readonly Field[], cells: readonly Cell[]): string {
  const entries = fields.flatMap(({ name, type }, k) => {
    const cell = cells[k]!
    return cell === null ? [] : [`${yamlText(name)}: ${yamlCell(type, cell)}`]
  })
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}

function yamlCell(type: DataType, cell: Cell): string {
  if (cell === null) return 'null'
  const values = valueType(type)
  const children = childTypes(values)
  switch (values.typeId) {
    case TypeId.Utf8:
    case TypeId.LargeUtf8:
    case TypeId.Utf8View:
      return yamlText(String(cell))
    case TypeId.List:
    case TypeId.LargeList:
    case TypeId.FixedSizeList:
      return `[${(cell as readonly Cell[]).map((item) => yamlCell(children[0]!, item)).join(', ')}]`
    case TypeId.Struct: {
      const struct = cell as Readonly<Record<string, Cell>>
      return yamlRow(
        values.children as readonly Field[],
        values.children.map(({ name }) => struct[name]!),
      )
    }
    case TypeId.Map: {
      const [key, value] = childTypes(children[0]!)
      const pairs = (cell as readonly (readonly [Cell, Cell])[]).map(
        ([name, item]) => `[${yamlCell(key!, name)}, ${yamlCell(value!, item)}]`,
      )
      return `[${pairs.join(', ')}]`
    }
    case TypeId.Float:
      return yamlFloat(cell as number)
    case TypeId.Timestamp:
      // A fixture's author doesn't write the zeros of a fraction that isn't there.
      return String(cell).replace(/\.0+(?=Z?$)/, '')
  }
  if (cell instanceof Uint8Array) return `!!binary ${JSON.stringify(Buffer.from(cell).toString('base64'))}`
  // Integers, decimals, dates and times are written as they are: no reader takes their text for anything else here.
  return String(cell)
}

function yamlFloat(value: number): string {
  if (Number.isNaN(value)) return '.nan'
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf'
  return Object.is(value, -0) ? '-0.0' : String(value)
}

/** Words that YAML, in one version or another, takes for something else than text. */
const RESERVED = /^(?:null|true|false|yes|no|on|off|y|n|nan|inf)$/i

/** A text, in quotes unless no reader of YAML could take it for anything else. */
export function yamlText(text: string): string {
  return /^[A-Za-z_][\w.-]*(?: [\w.-]+)*$/.test(text) && !RESERVED.test(text) ? text : JSON.stringify(text)
}
