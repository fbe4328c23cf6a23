import type { Schema } from 'apache-arrow'
import { pending } from './pending.ts'

export { formatField, formatType } from './type-format.ts'
export { parseField, parseType } from './type-parser.ts'

export function schemaToText(_schema: Schema): string {
  return pending('schemaToText')
}

export function schemaFromText(_text: string): Schema | null {
  return pending('schemaFromText')
}
