import type { Peer } from '../peer.ts'

/** Every row of a file as Python reads it: documents parsed, records decoded. */
export type Rows = Readonly<Record<string, readonly (readonly unknown[])[]>>

/** Leaves out the bytes of Parquet blobs, which no two writers make equally long. */
export function withoutParquetLengths(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutParquetLengths)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).filter(
    ([key]) => key !== 'content_length' || (value as { content_type?: string }).content_type?.endsWith('tsv'),
  )
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutParquetLengths(item)]))
}

export async function rowsOf(peer: Peer, path: string): Promise<Rows> {
  const { rows, integrity } = await peer.ask<{ rows: Rows; integrity: string }>('rows', { path })
  if (integrity !== 'ok') throw new Error(`${path}: ${integrity}`)
  return Object.fromEntries(
    Object.entries(rows).map(([table, all]) => [
      table,
      table === 'data'
        ? all
        : all.map((row) => [...row.slice(0, -1), withoutParquetLengths(JSON.parse(row.at(-1) as string))]),
    ]),
  )
}
