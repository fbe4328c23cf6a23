import type { Schema, Table } from 'apache-arrow'
import type { SchemaConsistency } from '../model/common.ts'
import { pending } from './pending.ts'

export function applyConsistency(
  _table: Table,
  _schema: Schema,
  _policy: Readonly<Record<string, SchemaConsistency>> | null,
): Table {
  return pending('applyConsistency')
}
