import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { openCatalog } from '../../src/catalog/index.ts'
import { thrownBy } from '../catalog/backends.ts'
import { startChild } from './child.ts'

const folder = mkdtempSync(join(tmpdir(), 'deltacat-busy-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('a call waits, for as long as busyTimeout says, until another process lets go of the file, and then succeeds', async () => {
  const path = join(folder, 'catalog.db')
  using catalog = openCatalog(path, { busyTimeout: 60_000 })
  catalog.createNamespace('before')
  const names = () => Array.from(catalog.listNamespaces(), ({ locator }) => locator.namespace)

  const holder = startChild<{ readonly holds: boolean }>('holder.ts', path)
  await holder.until(({ holds }) => holds)
  using impatient = openCatalog(path, { busyTimeout: 0 })
  expect(thrownBy(() => impatient.createNamespace('after')).code).toBe('busy')
  expect(names()).toEqual(['before'])

  // Nothing else runs in this process until the call returns: the word has to be on its way already.
  holder.process.stdin?.end('go')
  catalog.createNamespace('after')

  // In the order of the rows: this one was written when the other process had let go.
  expect(names()).toEqual(['before', 'held', 'after'])
  expect(await holder.ended).toEqual({ code: 0, signal: null, said: [{ holds: true }], complaints: '' })
})
