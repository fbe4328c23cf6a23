import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeRecords, encodeRecords } from '../../src/catalog/records/codec.ts'
import { hold, type Outcome } from '../contest.ts'
import { startPython } from './python.ts'

const python = startPython()
const PARQUET = 'application/parquet'
const ROWS = 1_000_000

export const versions = () => python.ask<Record<string, string>>('parquet.versions')

/** Both from and to bytes in memory, of the same table: the one that pyarrow made. */
export async function* contest(folder: string): AsyncGenerator<Outcome, void> {
  const path = join(folder, 'ten-columns.parquet')
  await python.ask('parquet.make', { rows: ROWS, path })
  const bytes = readFileSync(path)
  const table = decodeRecords(bytes, PARQUET)
  const size = `${ROWS.toLocaleString('en')} x ${table.numCols}`
  const rival = 'pyarrow 12'
  yield await hold({
    work: `Parquet encode, ${size}`,
    rival,
    atMost: 1.5,
    rounds: 5,
    iterations: 3,
    ours: () => encodeRecords(table, PARQUET),
    theirs: python.side('parquet.encode'),
  })
  yield await hold({
    work: `Parquet decode, ${size}`,
    rival,
    atMost: 3,
    rounds: 5,
    iterations: 3,
    ours: () => decodeRecords(bytes, PARQUET),
    theirs: python.side('parquet.decode'),
  })
}
