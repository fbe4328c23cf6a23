import type { PartitionValues } from './common.ts'

/** A name as it stands in a path: one of other signs than letters, digits, `_` and `-` is quoted. */
export function formatName(name: string): string {
  return /^[\w-]+$/.test(name) ? name : `"${name.replaceAll(/["\\]/g, '\\$&')}"`
}

/** Partition values as they stand in a path: joined with commas, `-` for none. */
export function formatValues(values: PartitionValues | null): string {
  if (values === null || values.length === 0) return '-'
  const text = values.map((value) => formatName(String(value))).join(',')
  return text === '-' ? '"-"' : text
}
