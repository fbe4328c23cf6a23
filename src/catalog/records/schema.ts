import type { DataType, Schema } from 'apache-arrow'
import { pending } from './pending.ts'

export function parseType(_text: string): DataType {
  return pending('parseType')
}

export function formatType(_type: DataType): string {
  return pending('formatType')
}

export function schemaToText(_schema: Schema): string {
  return pending('schemaToText')
}

export function schemaFromText(_text: string): Schema | null {
  return pending('schemaFromText')
}
