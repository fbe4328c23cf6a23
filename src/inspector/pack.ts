import { deflateRawSync } from 'node:zlib'

/** Collects the report's chunks, each packed when it is full: base64 of raw DEFLATE of JSON. */
export interface Packer {
  /** Packs a value and returns its number. */
  add(value: unknown): number
  /** A number for a value that is not ready yet. */
  reserve(): number
  fill(number: number, value: unknown): void
  readonly chunks: readonly string[]
}

/** An empty packer. */
export function createPacker(): Packer {
  const chunks: string[] = []
  const pack = (value: unknown): string => deflateRawSync(JSON.stringify(value)).toString('base64')
  return {
    add: (value) => chunks.push(pack(value)) - 1,
    reserve: () => chunks.push('') - 1,
    fill(number, value) {
      chunks[number] = pack(value)
    },
    chunks,
  }
}
