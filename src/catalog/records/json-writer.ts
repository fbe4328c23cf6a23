import type { DataType } from 'apache-arrow'
import type { Cell } from './cell.ts'
import { invalid, unsupported } from './invalid.ts'
import { leafOf } from './leaf.ts'
import { shapeOf } from './shape.ts'
import { formatType } from './type-format.ts'

/** How a type's cells are written in JSON. Throws `unsupported` for a type that none of its values can show. */
export function jsonWriter(type: DataType): (cell: Cell) => string {
  const write = valueWriter(type)
  return (cell) => (cell === null ? 'null' : write(cell))
}

function valueWriter(type: DataType): (cell: Cell) => string {
  const shape = shapeOf(type)
  switch (shape.kind) {
    case 'null':
      return () => 'null'
    case 'int':
    case 'duration':
    case 'bool':
      return String
    case 'float':
      return (cell) => numberText(cell as number)
    case 'binary':
    case 'fixedBinary':
      return (cell) => `"${Buffer.from(cell as Uint8Array).toString('base64')}"`
    case 'dictionary':
      return jsonWriter(shape.value)
    case 'list':
    case 'fixedList': {
      const item = jsonWriter(shape.child.type)
      return (cell) => `[${(cell as readonly Cell[]).map(item).join(',')}]`
    }
    case 'map':
      return mapWriter(jsonWriter(shape.key.type), jsonWriter(shape.value.type))
    case 'struct': {
      const fields = shape.fields.map(({ name, type: child }) => ({ name, write: jsonWriter(child) }))
      return (cell) => {
        const values = cell as Readonly<Record<string, Cell>>
        return `{${fields.map(({ name, write }) => `${JSON.stringify(name)}:${write(values[name]!)}`).join(',')}}`
      }
    }
  }
  if (leafOf(shape) === null)
    throw unsupported(`JSON can't hold values of type ${formatType(type)}; store them as Parquet or Feather.`)
  return JSON.stringify
}

/**
 * A map as an object where that keeps all of it, so that it can be read without a schema too; as pairs where keys are
 * no texts, come twice, or would come in another order: JSON's readers put whole numbers first.
 */
function mapWriter(key: (cell: Cell) => string, value: (cell: Cell) => string): (cell: Cell) => string {
  return (cell) => {
    const pairs = (cell as readonly [Cell, Cell][]).map(([name, item]) => [key(name), value(item)] as const)
    const names = new Set(pairs.map(([name]) => name))
    const isObject = names.size === pairs.length && [...names].every((name) => /^"(?!\d+"$)/.test(name))
    if (isObject && pairs.length > 0) return `{${pairs.map(([name, item]) => `${name}:${item}`).join(',')}}`
    return `[${pairs.map(([name, item]) => `[${name},${item}]`).join(',')}]`
  }
}

function numberText(value: number): string {
  if (!Number.isFinite(value)) throw invalid(`JSON can't hold ${value}; store it as Parquet or Feather`)
  return Object.is(value, -0) ? '-0.0' : String(value)
}
