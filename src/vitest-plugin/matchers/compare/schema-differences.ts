import type { DataType, Table } from 'apache-arrow'
import { CatalogError } from '../../../catalog/errors.ts'
import { sameValues } from './types.ts'

/** A column that one side lacks, or that holds values of another kind there. */
export type SchemaDifference =
  | { readonly kind: 'missing'; readonly column: string; readonly expected: DataType }
  | { readonly kind: 'unexpected'; readonly column: string; readonly received: DataType }
  | { readonly kind: 'type'; readonly column: string; readonly received: DataType; readonly expected: DataType }

/** The columns that can be compared, in the received order, and what keeps the schemas from being equal. */
export interface SchemaComparison {
  readonly columns: readonly string[]
  readonly differences: readonly SchemaDifference[]
}

/**
 * Compares columns by name. `exact`: the received table may have no others; `subset`: it may.
 *
 * @throws CatalogError `invalid-argument` where two columns of a table have one name.
 */
export function compareSchemas(received: Table, expected: Table, columns: 'exact' | 'subset'): SchemaComparison {
  const left = typesOf(received)
  const right = typesOf(expected)
  const differences: SchemaDifference[] = []
  for (const [column, type] of right) {
    const other = left.get(column)
    if (other === undefined) differences.push({ kind: 'missing', column, expected: type })
    else if (!sameValues(other, type)) differences.push({ kind: 'type', column, received: other, expected: type })
  }
  const changed = new Set(differences.map(({ column }) => column))
  const common = [...left.keys()].filter((column) => right.has(column) && !changed.has(column))
  if (columns === 'exact') {
    for (const [column, type] of left) {
      if (!right.has(column)) differences.push({ kind: 'unexpected', column, received: type })
    }
  }
  return { columns: common, differences }
}

function typesOf(table: Table): Map<string, DataType> {
  const types = new Map<string, DataType>()
  for (const { name, type } of table.schema.fields) {
    if (types.has(name)) {
      const message = `Two columns are named ${JSON.stringify(name)}, so cells can't be found by the name; rename one.`
      throw new CatalogError('invalid-argument', message)
    }
    types.set(name, type)
  }
  return types
}
