import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Driver from 'better-sqlite3'
import { describe, expect, it, vi } from 'vitest'
import { discardCatalog, openDeferred } from '../../src/catalog/catalog.ts'
import { type Catalog, deserializeCatalog, openCatalog, type Stream } from '../../src/catalog/index.ts'
import { fc } from '../chance.ts'
import { temporaryFolder, thrownBy } from './backends.ts'

const bytes = templateBytes()

function templateBytes(): Buffer {
  using catalog = openCatalog(':memory:')
  catalog.createNamespace('shop')
  return catalog.serialize()
}

function opened(): { readonly catalog: Catalog; readonly folder: string; readonly path: string } {
  const folder = temporaryFolder()
  const path = join(folder, 'test.db')
  return { catalog: openDeferred({ bytes, place: () => path }), folder, path }
}

const namesIn = (path: string): unknown[] => {
  using file = openCatalog(path, { readonly: true })
  return file
    .listNamespaces()
    .allItems()
    .map(({ locator }) => locator.namespace)
}

describe('a deferred catalog', () => {
  it('is read and written without a file, and leaves its template as it was', () => {
    const before = Buffer.from(bytes)
    const { catalog, folder } = opened()
    catalog.createNamespace('other')
    expect(catalog.listNamespaces().allItems()).toMatchObject([
      { locator: { namespace: 'shop' } },
      { locator: { namespace: 'other' } },
    ])
    expect(discardCatalog(catalog)).toBe(undefined)
    expect(readdirSync(folder)).toEqual([])
    expect(bytes.equals(before)).toBe(true)
    expect(opened().catalog.namespaceExists('other')).toBe(false)
  })

  it('is in its file from the moment that its path is read, and goes on there', () => {
    const { catalog, path } = opened()
    catalog.createNamespace('before')
    expect(existsSync(path)).toBe(false)
    expect(catalog.path).toBe(path)
    expect(namesIn(path)).toEqual(['shop', 'before'])
    catalog.createNamespace('after')
    expect(namesIn(path)).toEqual(['shop', 'before', 'after'])
    using other = openCatalog(path)
    other.createNamespace('from elsewhere')
    expect(catalog.namespaceExists('from elsewhere')).toBe(true)
    expect(discardCatalog(catalog)).toBe(path)
  })

  it('hands on its path before anything was read, and what another process writes there first is what it reads', () => {
    const { catalog, path } = opened()
    using other = openCatalog(catalog.path)
    other.createNamespace('from elsewhere')
    expect(catalog.listNamespaces().allItems()).toMatchObject([
      { locator: { namespace: 'shop' } },
      { locator: { namespace: 'from elsewhere' } },
    ])
    expect(discardCatalog(catalog)).toBe(path)
  })

  it('does not close a connection that somebody else has by now', () => {
    const { catalog } = opened()
    expect(catalog.namespaceExists('shop')).toBe(true)
    discardCatalog(catalog)
    const next = opened().catalog
    expect(next.namespaceExists('shop')).toBe(true)
    catalog.close()
    expect(discardCatalog(catalog)).toBe(undefined)
    catalog.close()
    expect(next.namespaceExists('shop')).toBe(true)
    expect(thrownBy(() => catalog.listNamespaces())).toMatchObject({
      code: 'closed',
      message: 'The catalog was discarded, as its test has ended; await in the test what still uses it.',
    })
    discardCatalog(next)
  })

  it('is closed or discarded before anything was read', () => {
    const { catalog, folder, path } = opened()
    expect(discardCatalog(catalog)).toBe(undefined)
    expect(readdirSync(folder)).toEqual([])
    expect(thrownBy(() => catalog.getNamespace('shop')).code).toBe('closed')
    const another = openDeferred({ bytes, place: () => path })
    another.close()
    expect(namesIn(path)).toEqual(['shop'])
    expect(thrownBy(() => another.getNamespace('shop')).code).toBe('closed')
  })

  it('gives its connection back as it found it, whatever was done', () => {
    const path = join(temporaryFolder(), 'test.db')
    const place = () => path
    const filled = openCatalog(':memory:')
    filled.createNamespace('shop')
    const partition = filled.commitPartition(filled.stagePartition(filled.createTableVersion('shop', 'orders')))
    filled.commitDelta(filled.stageDelta([{ id: 1 }], partition))
    const template = filled.serialize()
    filled.close()
    const step = fc.constantFrom('namespace', 'table', 'stage', 'commit', 'many', 'refused', 'replace', 'delete')
    const property = fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const catalog = openDeferred({ bytes: template, place })
      for (const [index, name] of steps.entries()) {
        const target = catalog.getPartition(catalog.getStream('shop', 'orders') as Stream)
        if (name === 'namespace') catalog.createNamespace(`n${index}`)
        if (name === 'table') catalog.createTableVersion('shop', `t${index}`)
        if (name === 'replace')
          catalog.commitPartition(catalog.stagePartition(catalog.getStream('shop', 'orders') as Stream))
        if (name === 'refused') expect(() => catalog.createTableVersion('missing', 'orders')).toThrow()
        if (name === 'delete' && index === steps.length - 1) catalog.deleteStream('shop', 'orders')
        if (target === null) continue
        if (name === 'stage') catalog.stageDelta([{ id: index }], target)
        if (name === 'commit') catalog.commitDelta(catalog.stageDelta([{ id: index }], target))
        // So many that indexes are made, and the pages of the template no longer do.
        if (name === 'many') for (let id = 0; id < 70; id++) catalog.commitDelta(catalog.stageDelta([{ id }], target))
      }
      discardCatalog(catalog)
      const next = openDeferred({ bytes: template, place })
      expect(next.listNamespaces().allItems()).toMatchObject([{ locator: { namespace: 'shop' } }])
      expect(next.serialize().equals(template)).toBe(true)
      discardCatalog(next)
    })
    fc.assert(property, { numRuns: 40 })
  })

  it('lends few connections again, and none that has grown or is large', () => {
    const place = () => join(temporaryFolder(), 'test.db')
    const exec = vi.spyOn(Driver.prototype, 'exec')
    const used = (template: Uint8Array, work?: (catalog: Catalog) => unknown): Driver.Database => {
      exec.mockClear()
      const catalog = openDeferred({ bytes: template, place })
      catalog.createNamespace('mine')
      work?.(catalog)
      const [connection] = exec.mock.contexts as Driver.Database[]
      discardCatalog(catalog)
      return connection as Driver.Database
    }
    const own = Buffer.from(bytes)
    const first = used(own)
    expect(used(own)).toBe(first)
    const grown = (catalog: Catalog) => {
      const partition = catalog.stagePartition(catalog.createTableVersion('shop', 'orders'))
      const value = new Uint8Array(5 * 2 ** 20)
      catalog.stageDelta([{ value }], partition, { contentType: 'application/feather' })
    }
    expect(used(own, grown)).toBe(first)
    expect(first.open).toBe(false)
    const others = Array.from({ length: 12 }, () => used(Buffer.from(bytes)))
    expect(others.map(({ open }) => open)).toEqual([...Array(4).fill(false), ...Array(8).fill(true)])
    const text = 'a'.repeat(5 * 2 ** 20)
    expect(used(own, (catalog) => catalog.createNamespace('long', { text })).open).toBe(false)
    using large = openCatalog(':memory:')
    large.createNamespace('large', { text: 'a'.repeat(65 * 2 ** 20) })
    expect(used(large.serialize()).open).toBe(false)
    exec.mockRestore()
  })

  it('keeps those apart that are open at once', () => {
    const [one, two] = [opened().catalog, opened().catalog]
    one.createNamespace('one')
    two.createNamespace('two')
    expect([one.namespaceExists('two'), two.namespaceExists('one')]).toEqual([false, false])
    discardCatalog(one)
    const three = opened().catalog
    expect([three.namespaceExists('one'), three.namespaceExists('two')]).toEqual([false, false])
    expect(thrownBy(() => one.namespaceExists('shop')).code).toBe('closed')
    three.createNamespace('three')
    expect(two.listNamespaces().allItems()).toMatchObject([
      { locator: { namespace: 'shop' } },
      { locator: { namespace: 'two' } },
    ])
    for (const each of [one, two, three]) discardCatalog(each)
  })

  it('refuses to go on once SQLite has undone all of it by itself, and nobody gets its connection', () => {
    const own = Buffer.from(bytes)
    const place = () => join(temporaryFolder(), 'test.db')
    const prepare = vi.spyOn(Driver.prototype, 'prepare')
    const reason = new Error('the disk is gone')
    let fails = false
    const clock = () => {
      if (!fails) return 1
      connection?.exec('ROLLBACK')
      throw reason
    }
    const catalog = openDeferred({ bytes: own, place }, { clock })
    catalog.createNamespace('mine')
    const [connection] = prepare.mock.contexts as Driver.Database[]
    prepare.mockRestore()
    const partition = catalog.stagePartition(catalog.createTableVersion('shop', 'orders'))
    fails = true
    for (const call of [
      () => catalog.stageDelta(null, partition),
      () => catalog.createNamespace('another'),
      () => catalog.namespaceExists('mine'),
      () => catalog.path,
      () => catalog.serialize(),
      () => catalog.transaction(() => {}),
    ]) {
      expect(call).toThrow(reason)
    }
    catalog.close()
    expect(existsSync(catalog.path)).toBe(false)
    discardCatalog(catalog)
    expect(connection?.open).toBe(false)
    const next = openDeferred({ bytes: own, place })
    expect(next.listNamespaces().allItems()).toHaveLength(1)
    discardCatalog(next)
  })

  it('is not looked at in the middle of a call', () => {
    const path = join(temporaryFolder(), 'test.db')
    let look: (() => unknown) | undefined
    let time = 0
    const clock = () => {
      look?.()
      time += 1
      return time
    }
    const catalog = openDeferred({ bytes, place: () => path }, { clock })
    const partition = catalog.commitPartition(catalog.stagePartition(catalog.createTableVersion('shop', 'orders')))
    const messageOf = (work: () => unknown) => {
      look = work
      return thrownBy(() => catalog.stageDelta(null, partition))
    }
    expect(messageOf(() => catalog.path)).toEqual({
      code: 'unsupported',
      message: 'The catalog cannot be given its file in the middle of a transaction; do it before.',
    })
    expect(messageOf(() => catalog.serialize())).toEqual({
      code: 'unsupported',
      message: 'The catalog cannot be serialized in the middle of a transaction; do it before.',
    })
    expect(messageOf(() => catalog.close()).code).toBe('closed')
    using file = openCatalog(path, { readonly: true })
    expect(file.getPartition(partition.locator.streamLocator)?.locator).toEqual(partition.locator)
    expect(file.listStagedDeltas(partition.locator).items).toEqual([])
    const driver = new Driver(path, { readonly: true })
    expect(driver.prepare('SELECT count(*) FROM data').pluck().get()).toBe(0)
    driver.close()
  })

  it('serializes what was done, and goes on', () => {
    const { catalog } = opened()
    catalog.createNamespace('before')
    using copy = deserializeCatalog(catalog.serialize())
    expect(copy.namespaceExists('before')).toBe(true)
    catalog.createNamespace('after')
    expect(catalog.listNamespaces().allItems()).toHaveLength(3)
    discardCatalog(catalog)
    expect(opened().catalog.listNamespaces().allItems()).toHaveLength(1)
  })

  it('lets another process in between its calls, and keeps it out of its transactions', () => {
    const { catalog, path } = opened()
    const insert = `
      const Driver = require('better-sqlite3')
      const file = new Driver(process.argv[1], { timeout: 0 })
      try {
        file.prepare('INSERT INTO namespaces VALUES (?, ?)').run('child', '{"namespaceLocator":{"namespace":"child"}}')
        console.log('written')
      } catch (error) {
        console.log(error.code)
      }`
    const child = () => execFileSync(process.execPath, ['-e', insert, catalog.path], { encoding: 'utf8' }).trim()
    const answers = catalog.transaction(() => {
      const during = [child(), namesIn(path)]
      catalog.createNamespace('mine')
      return [...during, child(), namesIn(path)]
    })
    expect(answers).toEqual(['SQLITE_BUSY', ['shop'], 'SQLITE_BUSY', ['shop']])
    expect(child()).toBe('written')
    expect(catalog.namespaceExists('child')).toBe(true)
    catalog.close()
  })

  it('is in its file before a transaction of several calls begins', () => {
    const { catalog, path } = opened()
    catalog.transaction(() => {
      expect(existsSync(path)).toBe(true)
      catalog.createNamespace('other')
      expect(namesIn(path)).toEqual(['shop'])
    })
    expect(namesIn(path)).toEqual(['shop', 'other'])
    catalog.close()
  })

  it('is in its file after it was closed', () => {
    const { catalog, path } = opened()
    catalog.createNamespace('other')
    catalog.close()
    catalog.close()
    expect(namesIn(path)).toEqual(['shop', 'other'])
    expect(catalog.path).toBe(path)
    expect(thrownBy(() => catalog.getNamespace('shop'))).toEqual({
      code: 'closed',
      message: `The catalog ${JSON.stringify(path)} is closed; open it again to use it.`,
    })
  })

  it('has its path in JSON, and a file at it', () => {
    const { catalog, path } = opened()
    expect(JSON.parse(JSON.stringify(catalog))).toEqual({ path })
    expect(existsSync(path)).toBe(true)
    catalog.close()
  })

  it('keeps the limit of its size when it moves', () => {
    const path = join(temporaryFolder(), 'test.db')
    const catalog = openDeferred({ bytes, place: () => path }, { maxPageCount: bytes.length / 4096 })
    const fill = (name: string) => thrownBy(() => catalog.createNamespace(name.repeat(20_000)))
    const message = `${JSON.stringify(path)} cannot grow: the disk is full or maxPageCount is reached; free space or raise it.`
    expect(fill('a')).toEqual({ code: 'full', message })
    expect(catalog.path).toBe(path)
    expect(fill('b')).toEqual({ code: 'full', message })
    catalog.close()
    expect(namesIn(path)).toEqual(['shop'])
  })

  it('moves to its file before it grows too large for memory', () => {
    const path = join(temporaryFolder(), 'test.db')
    const catalog = openDeferred({ bytes, place: () => path, mostInMemory: 8_000 })
    const stream = catalog.createTableVersion('shop', 'orders')
    const partition = catalog.commitPartition(catalog.stagePartition(stream))
    const staged = []
    while (!existsSync(path)) staged.push(catalog.stageDelta([{ id: staged.length }], partition))
    expect(staged.length).toBeGreaterThan(2)
    expect(catalog.listStagedDeltas(partition, { includeManifest: true }).items).toEqual(staged)
    discardCatalog(catalog)
  })

  it('says what is wrong with a file that it could not make, and loses nothing', () => {
    const { catalog, folder, path } = opened()
    rmSync(folder, { recursive: true })
    catalog.createNamespace('other')
    expect(thrownBy(() => catalog.path)).toEqual({
      code: 'io',
      message: `${JSON.stringify(path)} could not be written (ENOENT: no such file or directory, open '${path}'); check the disk.`,
    })
    expect(catalog.namespaceExists('other')).toBe(true)
    mkdirSync(folder)
    expect(catalog.path).toBe(path)
    expect(namesIn(path)).toEqual(['shop', 'other'])
    expect(discardCatalog(catalog)).toBe(path)
  })

  it('writes the same bytes as its content, which the driver opens', () => {
    const { catalog, path } = opened()
    catalog.createNamespace('other')
    const serialized = catalog.serialize()
    catalog.close()
    expect(readFileSync(path).equals(serialized)).toBe(true)
    const driver = new Driver(path, { readonly: true })
    expect(driver.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }])
    driver.close()
  })
})
