import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type * as ArrowModule from 'apache-arrow'
import type { RecordBatch, Schema, Table } from 'apache-arrow'

let loaded: typeof ArrowModule | undefined

/**
 * The `apache-arrow` module, loaded the first time it is asked for: the same instance that `import 'apache-arrow'`
 * gives, so that a user's tables and ours are of one class.
 */
export function arrow(): typeof ArrowModule {
  if (loaded === undefined) {
    const require = createRequire(import.meta.url)
    // require('apache-arrow') would be a second, CommonJS copy; its ES module has to be named by its file.
    const file = join(dirname(require.resolve('apache-arrow')), 'Arrow.node.mjs')
    loaded = requireEither(require, file) as typeof ArrowModule
  }
  return loaded
}

// In the VM pools of Vitest 4 `require` is one of its own that takes CommonJS only: the second copy has to do there.
function requireEither(require: NodeJS.Require, file: string): unknown {
  try {
    return require(file)
  } catch (error) {
    if ((error as Error).name !== 'SyntaxError') throw error
    return require('apache-arrow')
  }
}

/** Whether `value` is an Arrow table, of any copy of `apache-arrow`. Loads nothing. */
export function isTable(value: unknown): value is Table {
  return isObject(value) && isSchema(value.schema) && Array.isArray(value.batches) && 'numRows' in value
}

/** Whether `value` is an Arrow record batch, of any copy of `apache-arrow`. Loads nothing. */
export function isRecordBatch(value: unknown): value is RecordBatch {
  return isObject(value) && isSchema(value.schema) && isObject(value.data) && !Array.isArray(value.data)
}

/** Whether `value` is an Arrow schema, of any copy of `apache-arrow`. Loads nothing. */
export function isSchema(value: unknown): value is Schema {
  return isObject(value) && Array.isArray(value.fields) && value.metadata instanceof Map
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
