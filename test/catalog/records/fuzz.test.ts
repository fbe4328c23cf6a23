import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Schema } from 'apache-arrow'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { CatalogError } from '../../../src/catalog/errors.ts'
import type { ContentType } from '../../../src/catalog/model/common.ts'
import { decodeRecords, encodeRecords } from '../../../src/catalog/records/codec.ts'
import { rowsFromTable, tableFromRows } from '../../../src/catalog/records/rows.ts'
import { parseField } from '../../../src/catalog/records/schema.ts'
import { schemaOf } from '../../../src/catalog/records/table.ts'
import { seed } from '../../chance.ts'
import { type Random, randomFrom } from '../../random.ts'
import { scaled } from '../../scale.ts'

/** Damaged blobs of each content type. */
const COUNT = scaled(150, 2_000)
/** More rows than any blob here has: such a table is right in form, and would only take time to read. */
const MOST_ROWS = 100_000

const schema = schemaOf(
  Object.entries({
    ...{ id: 'int64', price: 'decimal(12,9)', at: 'timestamp[us, UTC]', tags: 'list<struct<x: int8, y: string>>' },
    ...{
      props: 'map<string, int64>',
      kind: 'dictionary<int8, string>',
      raw: 'binary',
      pair: 'fixed_size_list<int8>[2]',
    },
    ...{ none: 'null', ok: 'bool', view: 'string_view', half: 'float16' },
  }).map(([name, type]) => parseField(name, type)),
)
const nested = tableFromRows(
  Array.from({ length: 50 }, (_, id) => ({
    ...{ id, price: '1.5', at: new Date(id), tags: [{ x: 1, y: 'q' }, null], props: { k: id }, kind: `k${id % 3}` },
    ...{ raw: new Uint8Array([id]), pair: [1, 2], ok: true, view: `a long enough text ${id}`, half: 0.5 },
  })),
  schema,
)
const flat = tableFromRows(
  Array.from({ length: 20 }, (_, id) => ({ id, name: id % 3 ? `name ${id}` : null, total: id / 4, ok: id % 2 === 0 })),
)

function blobs(contentType: ContentType): readonly Uint8Array[] {
  switch (contentType) {
    case 'application/parquet':
      return [
        ...[nested, flat].map((table) => encodeRecords(table, contentType).bytes),
        ...peerBlobs('types'),
        ...peerBlobs('encodings'),
      ]
    case 'application/feather': {
      const folder = join(import.meta.dirname, 'feather')
      const files = readdirSync(folder).map((name) => new Uint8Array(readFileSync(join(folder, name))))
      return [encodeRecords(nested, contentType).bytes, ...files]
    }
    case 'application/json':
      return [encodeRecords(nested, contentType).bytes, encodeRecords(flat, contentType).bytes]
    default:
      return [encodeRecords(flat, contentType).bytes]
  }
}

function peerBlobs(name: string): Uint8Array[] {
  const db = new Database(join(import.meta.dirname, `../../conformance/peer-db/${name}.db`), { readonly: true })
  const values = db.prepare<[], { value: Uint8Array }>('SELECT value FROM data').all()
  db.close()
  return values.map(({ value }) => new Uint8Array(value))
}

test.each<ContentType>([
  'application/parquet',
  'application/feather',
  'application/json',
  'text/csv',
  'text/tsv',
  'text/psv',
  'application/x-amzn-unescaped-tsv',
])(`damaged %s gives a typed error or a table, and the next call is right (seed ${seed})`, (contentType) => {
  const random = randomFrom(seed)
  const corpus = blobs(contentType)
  const [whole] = corpus
  const schemas: readonly (Schema | null)[] = [null, schema, flat.schema]
  const isTyped = contentType === 'application/parquet' || contentType === 'application/feather'
  const given = isTyped ? null : contentType === 'application/json' ? schema : flat.schema
  const expected = rowsFromTable(decodeRecords(whole!, contentType, { schema: given }))
  for (let round = 0; round < COUNT; round++) {
    const damaged = damage(random.pick(corpus), random)
    const problem = problemOf(damaged, contentType, random.pick(schemas))
    if (problem !== null) {
      throw new Error(`DELTACAT_TEST_SEED=${seed}, round ${round}: ${problem}`, { cause: problem })
    }
    if (round % 50 === 0) {
      expect(rowsFromTable(decodeRecords(whole!, contentType, { schema: given }))).toEqual(expected)
    }
  }
  expect(rowsFromTable(decodeRecords(whole!, contentType, { schema: given }))).toEqual(expected)
})

/** What was thrown that isn't an error of ours, if anything. */
function problemOf(bytes: Uint8Array, contentType: ContentType, known: Schema | null): unknown {
  try {
    const table = decodeRecords(bytes, contentType, { schema: known })
    if (table.numRows < MOST_ROWS) rowsFromTable(table)
    return null
  } catch (error) {
    const isOurs = error instanceof CatalogError && ['corrupt', 'unsupported', 'invalid-argument'].includes(error.code)
    return isOurs ? null : error
  }
}

/** Cut off, replaced by noise, or changed in up to eight places, half of the time near the end, where footers are. */
function damage(whole: Uint8Array, random: Random): Uint8Array {
  const bytes = new Uint8Array(whole)
  const way = random.int(6)
  if (way === 0) return bytes.subarray(0, random.int(bytes.length))
  if (way === 1) return random.bytes(random.int(300))
  const view = new DataView(bytes.buffer)
  const changes = way === 2 ? 1 : 1 + random.int(8)
  for (let change = 0; change < changes; change++) {
    const isNearEnd = way >= 4 && bytes.length > 500
    const at = isNearEnd ? bytes.length - 1 - random.int(500) : random.int(bytes.length)
    switch (random.int(4)) {
      case 0:
        bytes[at] = random.int(256)
        break
      case 1:
        bytes[at]! ^= 1 << random.int(8)
        break
      case 2:
        bytes[at] = random.pick([0, 1, 127, 128, 255])
        break
      default:
        if (at + 4 <= bytes.length)
          view.setUint32(at, random.pick([0, 1e6, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff]), true)
    }
  }
  return bytes
}
