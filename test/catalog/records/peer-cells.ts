import type { DataType } from 'apache-arrow'
import type { Cell } from '../../../src/catalog/records/cells.ts'
import { shapeOf } from '../../../src/catalog/records/shape.ts'

/** A cell as the recorded expectations write Python's values: `$int`, `$decimal`, `$timestamp`, … */
export function plain(type: DataType, cell: Cell): unknown {
  if (cell === null) return null
  const shape = shapeOf(type)
  switch (shape.kind) {
    case 'int':
      return Number.isSafeInteger(Number(cell)) ? Number(cell) : { $int: String(cell) }
    case 'float':
      if (Number.isFinite(cell)) return cell
      return { $float: Number.isNaN(cell) ? 'nan' : (cell as number) > 0 ? 'inf' : '-inf' }
    case 'decimal':
      return { $decimal: cell }
    case 'binary':
    case 'fixedBinary':
      return { $base64: Buffer.from(cell as Uint8Array).toString('base64') }
    case 'date':
      return { $date: cell }
    case 'time':
      return { $time: trimmed(cell as string) }
    case 'timestamp': {
      const [, local, zone] = /^(.*?)(Z?)$/.exec(cell as string)!
      return { $timestamp: trimmed(local!) + zone }
    }
    case 'list':
    case 'fixedList':
      return (cell as readonly Cell[]).map((item) => plain(shape.child.type, item))
    case 'struct':
      return Object.fromEntries(
        shape.fields.map((field) => [field.name, plain(field.type, (cell as Record<string, Cell>)[field.name]!)]),
      )
    case 'map':
      return (cell as readonly [Cell, Cell][]).map(([key, value]) => [
        plain(shape.key.type, key),
        plain(shape.value.type, value),
      ])
    case 'dictionary':
      return plain(shape.value, cell)
  }
  return cell
}

function trimmed(text: string): string {
  return text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '')
}
