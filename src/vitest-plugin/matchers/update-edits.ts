import type { Table } from 'apache-arrow'
import { cellReader } from '../../catalog/records/cells.ts'
import { formatField } from '../../catalog/records/type-format.ts'
import { hash } from '../../door/crypto.ts'
import type { Comparison } from './compare/compare.ts'
import { pairChanges } from './compare/pair-changes.ts'
import type { Column, ExpectedUpdate, RowEdit } from './update.ts'
import { yamlRow } from './yaml-row.ts'

/** How a set's rows are compared and written. */
export interface EditOptions {
  readonly order: 'ignore' | 'strict'
  readonly key: readonly string[]
  /** What a cell left out of a row means, by column: the values of the partition that the set is expected of. */
  readonly implied: ReadonlyMap<string, string>
}

/** What rows a use of a set needs. */
export type NeededRows = Pick<ExpectedUpdate, 'columns' | 'rows' | 'order'>

/** The edits that make a set's rows the received ones, with the rows that it has then. */
export function editsOf(
  received: Table,
  expected: Table,
  comparison: Comparison,
  { order, key, implied }: EditOptions,
): NeededRows & { readonly edits: readonly RowEdit[] } {
  const { fields } = expected.schema
  const textsOf = (left: EditOptions['implied']) => ({
    wanted: rowTexts(expected, expected, left),
    found: rowTexts(received, expected, left),
  })
  const written = textsOf(implied)
  const changes =
    order === 'strict' && !comparison.equal
      ? replaceMiddle(written)
      : replaceChanged(
          comparison,
          key.filter((name) => fields.some((field) => field.name === name)),
        )
  // What is left out of a row counts as well: two tests may leave out different cells.
  const whole = implied.size === 0 ? written : textsOf(new Map())
  return {
    edits: changes.map((change) =>
      change.kind === 'remove'
        ? { kind: change.kind, row: change.row }
        : { kind: change.kind, row: change.row, text: written.found[change.by]! },
    ),
    columns: columnsOf(expected),
    ...digests(changed(whole, changes), order),
  }
}

/** The columns of a table, and its rows as a use of a set needs them. */
export function neededRows(table: Table, order: EditOptions['order']): NeededRows {
  return { columns: columnsOf(table), ...digests(rowTexts(table, table, new Map()), order) }
}

function columnsOf({ schema }: Table): readonly Column[] {
  return schema.fields.map((field) => [field.name, formatField(field)])
}

function digests(rows: readonly string[], order: EditOptions['order']): Pick<NeededRows, 'rows' | 'order'> {
  const digest = (list: readonly string[]) => hash('sha1', JSON.stringify(list))
  return { rows: digest(rows.toSorted()), order: order === 'strict' ? digest(rows) : null }
}

/** The rows of a table as YAML, with the columns of another that it has too; cells that are implied are left out. */
export function rowTexts(table: Table, columnsOf: Table, implied: EditOptions['implied']): string[] {
  const fields = columnsOf.schema.fields.filter(({ name }) => table.getChild(name) !== null)
  const readers = fields.map(({ name }) => {
    const [read, value] = [cellReader(table.getChild(name)!), implied.get(name)]
    return (row: number) => {
      const cell = read(row)
      return value !== undefined && String(cell) === value ? null : cell
    }
  })
  return Array.from({ length: table.numRows }, (_, row) =>
    yamlRow(
      fields,
      readers.map((read) => read(row)),
    ),
  )
}

/** An edit that has the received row of number `by` for its text. */
type RowChange =
  | { readonly kind: 'replace' | 'insert'; readonly row: number; readonly by: number }
  | { readonly kind: 'remove'; readonly row: number }

function replaceChanged(
  { columns, missing, unexpected, expectedRows }: Comparison,
  key: readonly string[],
): RowChange[] {
  const pairs = pairChanges(columns, key, missing, unexpected)
  const replaced = new Map(pairs.map(({ expected, received }) => [expected, received]))
  const placed = new Set(replaced.values())
  const added = [...unexpected].filter((row) => !placed.has(row))
  return [
    ...[...missing].map((row): RowChange => {
      const by = replaced.get(row)
      return by === undefined ? { kind: 'remove', row } : { kind: 'replace', row, by }
    }),
    ...added.map((by): RowChange => ({ kind: 'insert', row: expectedRows, by })),
  ]
}

interface Texts {
  readonly wanted: readonly string[]
  readonly found: readonly string[]
}

/** Where the order counts, the rows between the first and the last that differ are written anew. */
function replaceMiddle({ wanted, found }: Texts): RowChange[] {
  let from = 0
  while (from < wanted.length && from < found.length && wanted[from] === found[from]) from++
  let [end, foundEnd] = [wanted.length, found.length]
  while (end > from && foundEnd > from && wanted[end - 1] === found[foundEnd - 1])
    [end, foundEnd] = [end - 1, foundEnd - 1]
  const changes: RowChange[] = []
  for (let row = from; row < Math.max(end, foundEnd); row++) {
    if (row >= foundEnd) changes.push({ kind: 'remove', row })
    else if (row >= end) changes.push({ kind: 'insert', row: end, by: row })
    else if (wanted[row] !== found[row]) changes.push({ kind: 'replace', row, by: row })
  }
  return changes
}

function changed({ wanted, found }: Texts, changes: readonly RowChange[]): string[] {
  const at = Map.groupBy(changes, ({ row }) => row)
  return Array.from({ length: wanted.length + 1 }, (_, row) => {
    const here = at.get(row) ?? []
    const written = here.flatMap((change) => (change.kind === 'remove' ? [] : [found[change.by]!]))
    return row < wanted.length && here.every(({ kind }) => kind === 'insert') ? [...written, wanted[row]!] : written
  }).flat()
}
