import { createRequire } from 'node:module'
import type * as ParquetWasm from 'parquet-wasm'

const require = createRequire(import.meta.url)
let loaded: typeof ParquetWasm | undefined

/** `parquet-wasm`, loaded when it is first needed. */
export function parquet(): typeof ParquetWasm {
  // Node takes 10 µs to find a module that it has already.
  loaded ??= require('parquet-wasm') as typeof ParquetWasm
  return loaded
}

/** Has the module loaded afresh the next time: a trap leaves its memory in an unknown state, and never smaller. */
export function forgetParquet(): void {
  loaded = undefined
  delete require.cache[require.resolve('parquet-wasm')]
}
