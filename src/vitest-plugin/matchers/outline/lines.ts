import type { Table } from 'apache-arrow'
import { cellReader } from '../../../catalog/records/cells.ts'
import { hash } from '../../../door/crypto.ts'
import { counted } from '../message/layout.ts'
import { yamlRow } from '../yaml-row.ts'
import type { OutlineNode } from './outline.ts'

/** How many rows of a delta are shown; of more there is a digest too, so that none can change unseen. */
const ROWS = 20

/** A node and all below it, indented. */
export function linesOf({ title, facts, children, records }: OutlineNode): string[] {
  return [
    title,
    ...[
      ...facts.map(([name, value]) => `${name}: ${value}`),
      ...(records === undefined ? [] : recordLines(records.read())),
      ...children.flatMap(linesOf),
    ].map((line) => `  ${line}`),
  ]
}

function recordLines(table: Table): string[] {
  const { fields } = table.schema
  const readers = fields.map((_, index) => cellReader(table.getChildAt(index)!))
  const line = (row: number) =>
    yamlRow(
      fields,
      readers.map((read) => read(row)),
    )
  const shown = Array.from({ length: Math.min(ROWS, table.numRows) }, (_, row) => `- ${line(row)}`)
  if (table.numRows <= ROWS) return shown
  const rest = Array.from({ length: table.numRows - ROWS }, (_, k) => line(ROWS + k))
  return [...shown, `… ${counted(rest.length, 'more row')}, sha1 ${hash('sha1', rest.join('\n'))}`]
}
