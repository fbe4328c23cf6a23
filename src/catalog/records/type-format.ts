import type { DataType, Field } from 'apache-arrow'
import { type Layout, type Shape, shapeOf } from './shape.ts'

/** The text of a type in the grammar of `parseType`, which reads it back: `list<int64>`, `timestamp[us, UTC]`. */
export function formatType(type: DataType): string {
  return formatShape(shapeOf(type))
}

/** A field's type, with `!` after it where the field may not be null. */
export function formatField(field: Field): string {
  return formatType(field.type) + (field.nullable ? '' : '!')
}

function formatShape(shape: Shape): string {
  switch (shape.kind) {
    case 'null':
    case 'bool':
      return shape.kind
    case 'int':
      return `${shape.signed ? 'int' : 'uint'}${shape.bits}`
    case 'float':
      return `float${shape.bits}`
    case 'utf8':
      return variable('string', shape.layout)
    case 'binary':
      return variable('binary', shape.layout)
    case 'fixedBinary':
      return `fixed_size_binary[${shape.width}]`
    case 'decimal':
      return `decimal${shape.bits === 128 ? '' : shape.bits}(${shape.precision},${shape.scale})`
    case 'date':
      return shape.unit === 'day' ? 'date32' : 'date64'
    case 'time':
      return `time${shape.unit === 's' || shape.unit === 'ms' ? 32 : 64}[${shape.unit}]`
    case 'timestamp':
      return `timestamp[${shape.unit}${shape.timezone === null ? '' : `, ${shape.timezone}`}]`
    case 'duration':
      return `duration[${shape.unit}]`
    case 'interval':
      return `interval[${shape.unit}]`
    case 'list':
      return `${shape.large ? 'large_list' : 'list'}<${item(shape.child)}>`
    case 'fixedList':
      return `fixed_size_list<${item(shape.child)}>[${shape.size}]`
    case 'struct':
      return `struct<${shape.fields.map(named).join(', ')}>`
    case 'map':
      return `map<${formatType(shape.key.type)}, ${formatField(shape.value)}${shape.keysSorted ? ', keys_sorted' : ''}>`
    case 'dictionary':
      return `dictionary<${formatType(shape.indices)}, ${formatType(shape.value)}${shape.ordered ? ', ordered' : ''}>`
    case 'union':
      return `union<${shape.fields.map(named).join(', ')}>`
  }
}

function variable(name: string, layout: Layout): string {
  return layout === 'small' ? name : layout === 'large' ? `large_${name}` : `${name}_view`
}

/** A list's item: its name only where it isn't the one that `parseType` gives. */
function item(child: Field): string {
  return child.name === 'item' ? formatField(child) : named(child)
}

function named(child: Field): string {
  const name = /^[\w-]+$/.test(child.name) ? child.name : JSON.stringify(child.name)
  return `${name}: ${formatField(child)}`
}
