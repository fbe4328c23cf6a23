import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { errorCodes } from '../src/catalog/errors.ts'

/** docs/errors.md: every code of a `CatalogError`, as `src/catalog/errors.ts` defines it. */
export function errorsPage(): string {
  const rows = Object.entries(errorCodes).map(([code, { cause, mend }]) => `| \`${code}\` | ${cause} | ${mend} |`)
  return `# Errors

Every error that a catalog throws on purpose is a \`CatalogError\`. Its \`message\` is a sentence that says what is wrong
and how to mend it, its \`code\` one of those below, its \`cause\` the error underneath, if there is one: SQLite's, or an
injected one.

| code | when | what to do |
| --- | --- | --- |
${rows.join('\n')}

A retry loop needs three of them: after \`conflict\` stage again on top of the current state; after \`busy\` send the same
call again; take \`error.existing\` of an \`already-exists\` for the answer that was lost.
`
}

if (import.meta.main) writeFileSync(join(import.meta.dirname, '../docs/errors.md'), errorsPage())
