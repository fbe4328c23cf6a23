import { dirname } from 'node:path'
import { CatalogError } from '../catalog/errors.ts'
import { parseField } from '../catalog/records/schema.ts'
import { schemaOf } from '../catalog/records/table.ts'
import type { IndexExpected } from '../fixtures/fixture-index.ts'
import { decodeCell } from '../fixtures/json-cells.ts'
import { checkText } from '../fixtures/load.ts'
import { fixtureRoot } from './fixture-root.ts'
import { expectedTable } from './matchers/expected/expected-table.ts'
import type { ExpectedUpdate } from './matchers/update.ts'
import { neededRows } from './matchers/update-edits.ts'

/**
 * Why a fixture's file must not hold this text, as the end of a sentence; `null`: it may. It has to be a correct
 * fixture, and to give each of these uses of its sets the rows that it needs.
 */
export function refusal(file: string, text: string, root: string, uses: readonly ExpectedUpdate[]): string | null {
  for (const alike of Map.groupBy(uses, ({ params }) => JSON.stringify(params)).values()) {
    const options = { params: alike[0]!.params, root: fixtureRoot(dirname(file), root) }
    const { index, diagnostics } = checkText(file, text, options)
    if (index === null) {
      const [{ message, mend }] = diagnostics as [(typeof diagnostics)[0]]
      return `the fixture could not be read any more: ${message}; ${mend}.`
    }
    const sets = new Map(index.expected.map((set) => [set.name, set]))
    if (!alike.every((use) => holds(sets.get(use.set), use))) return 'it would be read as other rows than the test has.'
  }
  return null
}

/** Whether a set, read as the matcher reads it, has the rows that the use needs. */
function holds(set: IndexExpected | undefined, { columns, rows, order }: ExpectedUpdate): boolean {
  if (set === undefined) return false
  const cells = set.rows.map((row) => Object.fromEntries(set.columns.map(({ name }, k) => [name, decodeCell(row[k]!)])))
  try {
    const { table } = expectedTable(cells, schemaOf(columns.map(([name, type]) => parseField(name, type))), 'exact')
    const read = neededRows(table, order === null ? 'ignore' : 'strict')
    return read.rows === rows && read.order === order
  } catch (error) {
    // Its columns are others, or have other types.
    if (error instanceof CatalogError) return false
    throw error
  }
}
