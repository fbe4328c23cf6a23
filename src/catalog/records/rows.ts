import type { Schema, Table } from 'apache-arrow'
import type { Cell } from './cells.ts'
import { pending } from './pending.ts'

export type Row = Readonly<Record<string, unknown>>

export function tableFromRows(_rows: readonly Row[], _schema?: Schema): Table {
  return pending('tableFromRows')
}

export function tableFromColumns(_schema: Schema, _columns: readonly (readonly Cell[])[]): Table {
  return pending('tableFromColumns')
}

export function rowsFromTable(_table: Table): Readonly<Record<string, Cell>>[] {
  return pending('rowsFromTable')
}
