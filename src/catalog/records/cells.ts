import type { DataType, Vector } from 'apache-arrow'
import { pending } from './pending.ts'

export type Cell =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly Cell[]
  | { readonly [key: string]: Cell }

export function cellReader(_column: Vector): (row: number) => Cell {
  return pending('cellReader')
}

export function toCell(_type: DataType, _value: unknown): Cell {
  return pending('toCell')
}

export function cellFromText(_type: DataType, _text: string): Cell {
  return pending('cellFromText')
}
