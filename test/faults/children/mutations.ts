import Database from 'better-sqlite3'
import type { Random } from '../../random.ts'

const tables = ['namespaces', 'tables', 'table_versions', 'streams', 'partitions', 'deltas'] as const

/** Bytes with damage of one of the kinds that disks, editors and half-done copies do. */
export function damage(bytes: Buffer, random: Random): Buffer {
  const copy = Buffer.from(bytes)
  const at = random.int(Math.max(1, copy.length))
  switch (random.int(9)) {
    case 0:
      return copy.subarray(0, at)
    case 1:
      for (let n = random.int(8); n >= 0; n -= 1) {
        const place = random.int(Math.max(1, copy.length))
        copy.writeUInt8((copy[place] ?? 0) ^ (1 << random.int(8)), Math.min(place, copy.length - 1))
      }
      return copy
    case 2:
      random.bytes(1 + random.int(64)).copy(copy, at)
      return copy
    case 3:
      return copy.fill(0, at, Math.min(copy.length, at + random.int(4096)))
    case 4:
      return Buffer.concat([copy.subarray(0, at), copy.subarray(Math.min(copy.length, at + random.int(512)))])
    case 5:
      return Buffer.concat([copy.subarray(0, at), random.bytes(random.int(512)), copy.subarray(at)])
    case 6:
      copy.copy(copy, at, random.int(copy.length), random.int(copy.length))
      return copy
    case 7:
      // Around the ends, where most formats keep what they need first.
      random
        .bytes(1 + random.int(4))
        .copy(copy, random.pick([random.int(100), Math.max(0, copy.length - 1 - random.int(200))]))
      return copy
    default:
      return Buffer.concat([copy.subarray(0, random.int(200)), random.bytes(random.int(6000))])
  }
}

const oddities: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  2 ** 53,
  1e308,
  0.5,
  '',
  'x',
  'committed',
  '\u0000',
  [],
  {},
  [[]],
  [null],
  { a: null },
  'ab'.repeat(5000),
  '__proto__',
  ['a', 1, null],
  Array.from({ length: 1000 }, (_, i) => i),
]

/** A JSON value with one node, picked by chance, replaced, removed or moved. */
function mutateJson(value: unknown, random: Random): unknown {
  if (value !== null && typeof value === 'object' && random.int(6) > 0) {
    const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [...value] : { ...value }
    const keys = Object.keys(copy)
    if (keys.length > 0) {
      const key = random.pick(keys)
      const holder = copy as Record<string, unknown>
      if (random.int(12) === 0) delete holder[key]
      else holder[key] = mutateJson(holder[key], random)
      return copy
    }
  }
  return random.pick(oddities)
}

function mutateText(text: string, random: Random): unknown {
  const at = random.int(text.length)
  switch (random.int(8)) {
    case 0:
      return text.slice(0, at)
    case 1:
      return `${text.slice(0, at)}${random.pick(['"', '{', ',', '\\', '\u0000', '9'.repeat(400), '\ud800'])}${text.slice(at + random.int(3))}`
    case 2:
      return random.pick([null, 7, 0.5, Buffer.from(text), '', '[]', 'null', '"x"', '['.repeat(100_000)])
    default:
      return JSON.stringify(mutateJson(JSON.parse(text), random))
  }
}

/** A file that SQLite finds nothing wrong with, whose rows are. */
export function damageRows(file: Buffer, random: Random): Buffer {
  const database = new Database(Buffer.from(file))
  try {
    database.pragma('foreign_keys = OFF')
    const table = random.pick(tables)
    const rows = database.prepare(`SELECT rowid, locator, value FROM ${table}`).all() as {
      rowid: number
      locator: string
      value: string
    }[]
    const row = random.pick(rows)
    const set = (column: string, value: unknown): void => {
      database.prepare(`UPDATE ${table} SET ${column} = ? WHERE rowid = ?`).run(value, row.rowid)
    }
    switch (random.int(10)) {
      case 0:
        database.exec(`DROP TABLE ${random.pick([...tables, 'data'])}`)
        break
      case 1:
        database.prepare(`DELETE FROM ${table} WHERE rowid = ?`).run(row.rowid)
        break
      case 2:
        set('locator', mutateText(JSON.stringify(row.locator), random))
        break
      case 3:
        database.exec(
          random.pick([
            'DELETE FROM data',
            `ALTER TABLE ${table} RENAME COLUMN value TO worth`,
            `ALTER TABLE ${table} RENAME TO lost`,
          ]),
        )
        break
      default:
        set('value', mutateText(row.value, random))
    }
    return database.serialize()
  } finally {
    database.close()
  }
}

/** A file whose record blobs are damaged, one or several. */
export function damageBlobs(file: Buffer, random: Random): Buffer {
  const database = new Database(Buffer.from(file))
  try {
    const rows = database.prepare('SELECT rowid, value FROM data WHERE value IS NOT NULL').all() as {
      rowid: number
      value: Buffer
    }[]
    for (let n = random.int(3); n >= 0; n -= 1) {
      const { rowid, value } = random.pick(rows)
      const other = random.pick(rows).value
      const damaged = random.pick([
        damage(value, random),
        damage(value, random),
        damage(value, random),
        other,
        null,
        'text',
        5,
      ])
      database.prepare('UPDATE data SET value = ? WHERE rowid = ?').run(damaged, rowid)
    }
    return database.serialize()
  } finally {
    database.close()
  }
}
