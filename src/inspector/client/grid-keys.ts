/** Where a key leads in a grid: to another column, or to the first or last row. */
export type GridStep = { readonly column: number } | { readonly row: number }

/**
 * What a key does in a grid beside what it does in any list; `null`: nothing.
 *
 * @param column the column that the keyboard is on
 */
export function gridStep(
  { key, ctrlKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey'>,
  column: number,
  size: { readonly columns: number; readonly rows: number },
): GridStep | null {
  if (ctrlKey) return key === 'Home' ? { row: 0 } : key === 'End' ? { row: size.rows - 1 } : null
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: column - 1,
    ArrowRight: column + 1,
    Home: 0,
    End: size.columns - 1,
  }
  const target = steps[key]
  return target === undefined ? null : { column: Math.max(0, Math.min(size.columns - 1, target)) }
}
