import { existsSync, mkdirSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CatalogErrorCode } from '../../src/catalog/index.ts'
import { CatalogError, deserializeCatalog, errorCodes, openCatalog } from '../../src/catalog/index.ts'
import { backends, errorOf, temporaryFolder, thrownBy } from './backends.ts'
import { Database } from './raw.ts'
import { commitIds, committedPartition, shopIn, stageIds } from './shop.ts'

const { open } = backends[0] as (typeof backends)[number]

interface Provoked {
  readonly error: CatalogError
  readonly message: string
}

/** Each code, the way to it, and its message, whole. */
const provocations: Readonly<Record<CatalogErrorCode, () => Provoked>> = {
  'not-found': () => {
    const catalog = open()
    catalog.createNamespace('shop')
    return {
      error: errorOf(() => catalog.listTables('shap')),
      message: 'There is no namespace "shap"; the catalog has "shop".',
    }
  },
  'already-exists': () => {
    const catalog = open()
    const partition = committedPartition(catalog, shopIn(catalog))
    const delta = commitIds(catalog, partition, 1)
    return {
      error: errorOf(() => catalog.commitDelta(delta)),
      message: `The delta with manifest "${delta.manifest?.id}" is committed to partition "${partition.locator.partitionId}" of shop.orders@1/- already, at position ${delta.locator.streamPosition}; take error.existing as the answer.`,
    }
  },
  conflict: () => {
    const catalog = open()
    const partition = committedPartition(catalog, shopIn(catalog))
    const slow = stageIds(catalog, partition, 1)
    const fast = commitIds(catalog, partition, 2)
    return {
      error: errorOf(() => catalog.commitDelta(slow)),
      message: `Position ${slow.locator.streamPosition} does not exceed ${fast.locator.streamPosition}, the last one committed to partition "${partition.locator.partitionId}" of shop.orders@1/-; stage the delta again for a new position.`,
    }
  },
  'invalid-argument': () => ({
    error: errorOf(() => open().createNamespace('')),
    message: 'namespace is ""; give a text that is not empty.',
  }),
  unsupported: () => {
    const catalog = open()
    shopIn(catalog)
    return {
      error: errorOf(() => catalog.updateTable('shop', 'orders', { newTableName: 'sales' })),
      message: 'Table shop.orders cannot be renamed; create one with the new name.',
    }
  },
  corrupt: () => {
    const path = join(temporaryFolder(), 'text.db')
    writeFileSync(path, 'This is no database. '.repeat(100))
    return {
      error: errorOf(() => openCatalog(path)),
      message: `${JSON.stringify(path)} is not an SQLite database; restore the file or open another.`,
    }
  },
  busy: () => {
    const { path } = open()
    using catalog = openCatalog(path, { busyTimeout: 0 })
    const other = new Database(path)
    other.exec('BEGIN IMMEDIATE')
    const error = errorOf(() => catalog.createNamespace('shop'))
    other.close()
    return {
      error,
      message: `${JSON.stringify(path)} is locked by another process; try again, or open it with a longer busyTimeout.`,
    }
  },
  'read-only': () => {
    const { path } = open()
    using catalog = openCatalog(path, { readonly: true })
    return {
      error: errorOf(() => catalog.createNamespace('shop')),
      message: `${JSON.stringify(path)} cannot be written; open it without readonly, and check its permissions.`,
    }
  },
  full: () => {
    const catalog = open({ maxPageCount: 20 })
    const fill = () => {
      for (let index = 0; ; index += 1) catalog.createNamespace(`namespace ${index}`)
    }
    return {
      error: errorOf(fill),
      message: `${JSON.stringify(catalog.path)} cannot grow: the disk is full or maxPageCount is reached; free space or raise it.`,
    }
  },
  'cannot-open': () => {
    const folder = join(temporaryFolder(), 'missing')
    const path = join(folder, 'catalog.db')
    return {
      error: errorOf(() => openCatalog(path)),
      message: `${JSON.stringify(path)} cannot be opened: the folder ${JSON.stringify(folder)} does not exist; create it first.`,
    }
  },
  // A file of Linux that is there and cannot be read.
  io: () => ({
    error: errorOf(() => openCatalog('/proc/self/mem')),
    message: '"/proc/self/mem" could not be read or written (SQLITE_IOERR_CORRUPTFS: disk I/O error); check the disk.',
  }),
  closed: () => {
    const catalog = open()
    catalog.close()
    return {
      error: errorOf(() => catalog.listNamespaces()),
      message: `The catalog ${JSON.stringify(catalog.path)} is closed; open it again to use it.`,
    }
  },
  fault: () => {
    const catalog = open()
    catalog.faults.inject('listNamespaces')
    return {
      error: errorOf(() => catalog.listNamespaces()),
      message: 'An injected fault stopped listNamespaces before it did anything; try again.',
    }
  },
}

describe('every code', () => {
  const hasItsMessage = (code: CatalogErrorCode) => {
    const { error, message } = provocations[code]()
    expect(error).toBeInstanceOf(CatalogError)
    expect(error.name).toBe('CatalogError')
    expect({ code: error.code, message: error.message }).toEqual({ code, message })
    expect(message).toMatch(/^[^;]+; .*\.$/)
  }
  const codes = Object.keys(errorCodes) as CatalogErrorCode[]
  it.each(codes.filter((code) => code !== 'io'))('%s has its message', hasItsMessage)
  it.skipIf(process.platform !== 'linux')('io has its message (only Linux has a file to provoke it with)', () =>
    hasItsMessage('io'),
  )

  it.each(Object.entries(errorCodes))('%s is documented', (_, { cause, mend }) => {
    expect(cause).toMatch(/\.$/)
    expect(mend).toMatch(/\.$/)
  })

  it("keeps the driver's error as the cause", () => {
    for (const code of ['corrupt', 'busy', 'read-only', 'full'] as const) {
      expect(provocations[code]().error.cause, code).toMatchObject({ code: expect.stringMatching(/^SQLITE_/) })
    }
  })
})

describe('a path', () => {
  it.each([
    ['with spaces', 'a b c.db'],
    ['with quotes', `it's "quoted".db`],
    ['of Unicode', 'katalog æøå 日本 🎈.db'],
    ['with a trailing space', 'catalog.db '],
    ['with a trailing tab', 'catalog.db\t'],
    ['with a leading space', ' catalog.db'],
    ['of a space alone', ' '],
    ['with the signs of a URL', 'a%20b?c#d&mode=memory.db'],
    ['that looks like a URI', 'file:catalog.db'],
    ['with a new line', 'a\nb.db'],
    ['named :memory: in a folder', './:memory:'],
  ])('%s is opened as it is', (_, name) => {
    const folder = temporaryFolder()
    const path = join(folder, name)
    {
      using catalog = openCatalog(path)
      catalog.createNamespace('shop')
      expect(catalog.path).toBe(path)
    }
    using again = openCatalog(path, { readonly: true })
    expect(again.namespaceExists('shop')).toBe(true)
    using other = openCatalog(join(folder, 'other.db'))
    expect(other.namespaceExists('shop')).toBe(false)
  })

  it('is shown whole in a message, whatever is in it', () => {
    const path = join(temporaryFolder(), `it's "a" 🎈 `, 'x')
    expect(errorOf(() => openCatalog(path)).message).toBe(
      `${JSON.stringify(path)} cannot be opened: the folder ${JSON.stringify(join(path, '..'))} does not exist; create it first.`,
    )
  })

  it.each([
    ['', 'The path is ""; give a file\'s path or ":memory:".'],
    [undefined, 'The path is undefined; give a file\'s path or ":memory:".'],
    ['a\0b', 'The path "a\\u0000b" holds a NUL character; leave it out.'],
  ])('of %j is refused', (path, message) => {
    expect(errorOf(() => openCatalog(path as string))).toMatchObject({ code: 'invalid-argument', message })
  })

  it('of a folder, or of nothing to read, says so', () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'sub'))
    expect(errorOf(() => openCatalog(join(folder, 'sub')))).toMatchObject({
      code: 'cannot-open',
      message: `${JSON.stringify(join(folder, 'sub'))} is a folder; give the path of a file in it.`,
    })
    expect(errorOf(() => openCatalog(join(folder, 'none.db'), { readonly: true }))).toMatchObject({
      code: 'cannot-open',
      message: `${JSON.stringify(join(folder, 'none.db'))} does not exist, and readonly creates no file; correct the path.`,
    })
  })
})

describe('options', () => {
  it('readonly holds in memory, too', () => {
    using catalog = openCatalog(':memory:', { readonly: true })
    expect(thrownBy(() => catalog.createNamespace('shop'))).toEqual({
      code: 'read-only',
      message: '":memory:" cannot be written; open it without readonly, and check its permissions.',
    })
    expect(catalog.listNamespaces().items).toEqual([])
  })

  it.skipIf(!existsSync('/proc/self/fd'))(
    'a file that is refused for one is closed again (seen on Linux alone)',
    () => {
      const path = join(temporaryFolder(), 'text.db')
      writeFileSync(path, 'This is no database. '.repeat(100))
      expect(errorOf(() => openCatalog(path, { maxPageCount: 10 })).code).toBe('corrupt')
      const open = readdirSync('/proc/self/fd').flatMap((fd) => {
        try {
          return readlinkSync(`/proc/self/fd/${fd}`)
        } catch {
          return []
        }
      })
      expect(open).not.toContain(path)
    },
  )

  it.each<[string, object]>([
    ['busyTimeout is -1; give milliseconds from 0 to 2147483647.', { busyTimeout: -1 }],
    ['maxPageCount is 0; give a positive integer.', { maxPageCount: 0 }],
    ['pageSize is 0; give a positive integer, or leave it out.', { pageSize: 0 }],
    [
      'openCatalog has no option "readOnly"; it takes readonly, clock, ids, pageSize, busyTimeout, maxPageCount; did you mean "readonly"?',
      { readOnly: true },
    ],
    ['clock is 7; give a function that returns milliseconds.', { clock: 7 }],
    ['ids is "x"; give a function that returns unique texts.', { ids: 'x' }],
  ])('are refused: %s', (message, options) => {
    expect(errorOf(() => openCatalog(':memory:', options))).toMatchObject({ code: 'invalid-argument', message })
    expect(errorOf(() => deserializeCatalog(new Uint8Array(), options)).message).toBe(message)
  })

  it('that give nonsense are found out when they are used', () => {
    using catalog = openCatalog(':memory:', { clock: () => Number.NaN })
    const stream = shopIn(catalog)
    expect(errorOf(() => catalog.stagePartition(stream)).message).toBe(
      "The catalog's clock gave NaN; it must give milliseconds.",
    )
    using other = openCatalog(':memory:', { ids: () => '' })
    other.createNamespace('shop')
    expect(errorOf(() => other.createTableVersion('shop', 'orders')).message).toBe(
      'The catalog\'s ids gave ""; they must give unique text.',
    )
    expect(other.listTables('shop').items).toEqual([])
    using same = openCatalog(':memory:', { ids: () => 'same' })
    const only = shopIn(same)
    same.stagePartition(only)
    expect(errorOf(() => same.stagePartition(only))).toMatchObject({
      code: 'invalid-argument',
      message: '":memory:" has a row with that id already; open it with ids that are unique.',
    })
  })

  it('bytes that are none are refused', () => {
    expect(errorOf(() => deserializeCatalog('x' as never)).message).toBe(
      'The bytes are "x"; give what catalog.serialize() returned.',
    )
  })
})

describe('a file', () => {
  it('that is no catalog is refused when it is opened', () => {
    const catalog = open()
    const partition = committedPartition(catalog, shopIn(catalog))
    for (let id = 0; id < 30; id += 1) catalog.commitDelta(catalog.stageDelta(null, partition))
    const bytes = catalog.serialize()
    const path = join(temporaryFolder(), 'cut.db')
    for (const size of [100, 512, 4096, bytes.length >> 1, bytes.length - 4096]) {
      writeFileSync(path, bytes.subarray(0, size))
      expect(
        errorOf(() => openCatalog(path)),
        String(size),
      ).toMatchObject({
        code: 'corrupt',
        message: `${JSON.stringify(path)} is damaged (database disk image is malformed); restore it from a copy.`,
      })
    }
    writeFileSync(path, 'too short')
    expect(errorOf(() => openCatalog(path)).message).toBe(
      `${JSON.stringify(path)} is not an SQLite database; restore the file or open another.`,
    )
    expect(errorOf(() => deserializeCatalog(Buffer.from('x'.repeat(999))))).toMatchObject({
      code: 'corrupt',
      message: '":memory:" is not an SQLite database; restore the file or open another.',
    })
  })

  it('that lacks a table is refused, and the table named', () => {
    const catalog = open()
    catalog.createNamespace('shop')
    const { path } = catalog
    const database = new Database(path)
    database.exec('DROP TABLE data')
    expect(errorOf(() => openCatalog(path))).toMatchObject({
      code: 'corrupt',
      message: `${JSON.stringify(path)} lacks the table "data" of a catalog; restore it from a copy.`,
    })
    database.exec('DROP TABLE deltas')
    expect(errorOf(() => openCatalog(path)).message).toBe(
      `${JSON.stringify(path)} lacks the tables "deltas", "data" of a catalog; restore it from a copy.`,
    )
    expect(errorOf(() => catalog.stageDelta(null, { streamLocator: {} } as never)).code).toBe('invalid-argument')
    database.close()
  })

  it('that loses a table, or has another of its name, is found out', () => {
    const catalog = open()
    const partition = committedPartition(catalog, shopIn(catalog))
    const database = new Database(catalog.path)
    database.exec('ALTER TABLE deltas RENAME TO others; CREATE TABLE deltas(a)')
    expect(errorOf(() => catalog.stageDelta(null, partition))).toMatchObject({
      code: 'corrupt',
      message: `${JSON.stringify(catalog.path)} lacks what a catalog has (no such column: locator); restore it from a copy.`,
    })
    database.close()
  })

  it('that is empty, or has tables of others, is an empty catalog', () => {
    const { path } = open()
    const database = new Database(path)
    database.exec('CREATE TABLE mine(a)')
    using catalog = openCatalog(path)
    expect(catalog.listNamespaces().items).toEqual([])
    catalog.createNamespace('shop')
    expect(database.prepare('SELECT count(*) FROM mine').pluck().get()).toBe(0)
    database.close()
  })

  it('stays as it is when it is opened, read and closed', () => {
    const catalog = open()
    const partition = committedPartition(catalog, shopIn(catalog))
    commitIds(catalog, partition, 1)
    const before = catalog.serialize()
    for (const readonly of [true, false]) {
      using again = openCatalog(catalog.path, { readonly })
      expect(again.readPartition(partition).numRows).toBe(1)
      expect(again.listDeltas('shop', 'orders').items).toHaveLength(1)
    }
    expect(catalog.serialize().equals(before)).toBe(true)
  })

  it('that was full goes on where there is room, with nothing half done', () => {
    const catalog = open({ maxPageCount: 40 })
    const partition = committedPartition(catalog, shopIn(catalog))
    let done = 0
    const fill = () => {
      for (;;) {
        catalog.commitDelta(catalog.stageDelta(null, partition))
        done += 1
      }
    }
    expect(errorOf(fill).code).toBe('full')
    expect(catalog.listPartitionDeltas(partition).items).toHaveLength(done)
    using roomy = openCatalog(catalog.path)
    commitIds(roomy, partition, 1)
    expect(catalog.listPartitionDeltas(partition).items).toHaveLength(done + 1)
  })
})

it('closes twice, and by `using`', () => {
  const catalog = open()
  catalog.close()
  catalog.close()
  catalog[Symbol.dispose]()
  for (const work of [
    () => catalog.createNamespace('a'),
    () => catalog.transaction(() => 1),
    () => catalog.serialize(),
    () => catalog.getNamespace('a'),
  ]) {
    expect(errorOf(work)).toMatchObject({
      code: 'closed',
      message: `The catalog ${JSON.stringify(catalog.path)} is closed; open it again to use it.`,
    })
  }
})

it('tells errors apart after it was closed, too', () => {
  const catalog = open()
  const injected = new Error('connection reset')
  catalog.faults.inject('listNamespaces', { error: injected })
  expect(() => catalog.listNamespaces()).toThrow(injected)
  catalog.close()
  const closed = errorOf(() => catalog.listNamespaces())
  expect([closed, injected, new Error('mine')].map((error) => catalog.canCategorize(error))).toEqual([
    true,
    true,
    false,
  ])
  expect(() => catalog.raiseCategorizedError(closed)).toThrow(closed)
  expect(thrownBy(() => catalog.raiseCategorizedError(injected))).toEqual({
    code: 'fault',
    message: 'An injected fault: connection reset',
  })
})

it('shows a catalog as its path', () => {
  const catalog = open()
  expect(JSON.stringify({ catalog })).toBe(JSON.stringify({ catalog: { path: catalog.path } }))
  expect(String(catalog)).toBe('[object Catalog]')
})
