import type { Table } from 'apache-arrow'
import { pending } from './pending.ts'

export function tableBytes(_table: Table): number {
  return pending('tableBytes')
}
