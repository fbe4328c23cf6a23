import type { Outcome } from './contest.ts'

/** A number with three figures that say something. */
function figures(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString('en')
  return value >= 100
    ? value.toFixed(0)
    : value >= 10
      ? value.toFixed(1)
      : value >= 1
        ? value.toFixed(2)
        : value.toPrecision(2)
}

/** An amount in the unit that is read most easily. */
function amount(value: number, unit: Outcome['unit']): string {
  if (unit === 'MB') return `${figures(value)} MB`
  if (value >= 1000) return `${figures(value / 1000)} s`
  return value >= 1 ? `${figures(value)} ms` : `${figures(value * 1000)} µs`
}

/** `1.9x`, or `24x faster` where that is what was asked for. */
function ratioText(ratio: number, atMost = 1): string {
  return atMost < 1 ? `${figures(1 / ratio)}x faster` : `${figures(ratio)}x`
}

function targetText(atMost: number): string {
  return atMost < 1 ? `≥ ${figures(1 / atMost)}x faster` : `≤ ${figures(atMost)}x`
}

export const HEADINGS: readonly string[] = ['work', 'rival', 'ours', 'theirs', 'ratio', 'target', '']

/** The cells of a table's row. */
export function cellsOf({ work, rival, unit, ours, theirs, ratio, atMost, held }: Outcome): readonly string[] {
  return [
    work,
    rival,
    amount(ours, unit),
    amount(theirs, unit),
    ratioText(ratio, atMost),
    atMost === undefined ? '' : targetText(atMost),
    held === undefined ? '' : held ? 'held' : '**missed**',
  ]
}

/** A Markdown table. */
export function markdown(rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(HEADINGS), line(HEADINGS.map(() => '---')), ...rows.map(line)].join('\n')
}
