import { type Findings, noteFindings } from '../../findings.ts'
import { type Failure, type Frame, layOut } from './layout.ts'

/**
 * The message of a failure of an entity of `catalog`; `null`: of a table of its own. Vitest asks for it where the test
 * fails: then what was found is noted too, for a report of the catalog that the test leaves behind.
 */
export function failureMessage(
  catalog: object | null,
  failure: Pick<Failure, 'headline' | 'details' | 'differences'>,
  frames: readonly Frame[],
  findings: Partial<Findings> = {},
): () => string {
  return () => {
    const message = layOut(failure, frames)
    const { differences = [] } = failure
    if (catalog !== null) noteFindings(catalog, message, { differences, ...findings })
    return message
  }
}
