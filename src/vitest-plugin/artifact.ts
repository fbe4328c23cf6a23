import type { TestAttachment } from 'vitest'

/** The type of the test artifact that stands for the kept catalog of a failed test. */
export const ARTIFACT = 'vitest-deltacat:catalog'

/** What the worker records of it. */
export interface CatalogArtifact {
  readonly type: typeof ARTIFACT
  /** Absolute. */
  readonly path: string
  /** The file itself, where a reporter shows files. */
  readonly attachments: readonly TestAttachment[]
}
