import { createRequire } from 'node:module'
import type * as ParquetWasm from 'parquet-wasm'

const require = createRequire(import.meta.url)

/** `parquet-wasm`, loaded when it is first needed. */
export function parquet(): typeof ParquetWasm {
  return require('parquet-wasm') as typeof ParquetWasm
}

/** Has the module loaded afresh the next time: a trap leaves its memory in an unknown state, and never smaller. */
export function forgetParquet(): void {
  delete require.cache[require.resolve('parquet-wasm')]
}
