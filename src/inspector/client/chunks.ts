/** The report's data beyond the hierarchy: JSON values, packed, read when they are needed. */
export interface Chunks {
  /** The chunk if it has been read lately. */
  peek(index: number): unknown
  /** Reads a chunk; rejects where the report is damaged. */
  read(index: number): Promise<unknown>
}

/** Chunks kept in memory at a time: a few screens of each list. */
const KEPT = 64

/** Chunks from their packed texts: base64 of raw DEFLATE of JSON. */
export function packedChunks(packed: readonly string[]): Chunks {
  const kept = new Map<number, unknown>()
  const reading = new Map<number, Promise<unknown>>()
  const unpack = async (index: number): Promise<unknown> => {
    const text = packed[index]
    if (text === undefined) throw new Error(`The report has no part ${index}: its file was cut short.`)
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
    const value: unknown = JSON.parse(await new Response(stream).text())
    kept.set(index, value)
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT) break
      kept.delete(oldest)
    }
    return value
  }
  return {
    peek(index) {
      const value = kept.get(index)
      // Read again, so that it is the last to be forgotten.
      if (value !== undefined) {
        kept.delete(index)
        kept.set(index, value)
      }
      return value
    },
    read(index) {
      const ready = this.peek(index)
      if (ready !== undefined) return Promise.resolve(ready)
      const pending = reading.get(index) ?? unpack(index).finally(() => reading.delete(index))
      reading.set(index, pending)
      return pending
    },
  }
}
