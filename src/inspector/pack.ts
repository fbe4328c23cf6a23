import { deflateRawSync } from 'node:zlib'

/** Collects the report's chunks, each packed as it comes: base64 of raw DEFLATE of JSON. */
export interface Packer {
  /** Packs a value and returns its number. */
  add(value: unknown): number
  readonly chunks: readonly string[]
}

/** An empty packer. */
export function createPacker(): Packer {
  const chunks: string[] = []
  return {
    add: (value) => chunks.push(deflateRawSync(JSON.stringify(value)).toString('base64')) - 1,
    chunks,
  }
}
