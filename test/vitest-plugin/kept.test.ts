import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { RunnerTestCase } from 'vitest'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keptFolderOf, keptPath, testFileOf } from '../../src/vitest-plugin/kept.ts'
import { removeEmpty, removeOrphans } from '../../src/vitest-plugin/orphans.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kept-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('the name of a kept catalog', () => {
  it.each([
    ['a refund > deletes the order!', 'a-refund-deletes-the-order'],
    ['  ', 'test'],
    ['é'.repeat(100), 'é'.repeat(60)],
    // Four bytes each: a file system counts bytes.
    ['𠀋'.repeat(100), '𠀋'.repeat(45)],
  ])('of the test %s', (name, slug) => {
    const task = { id: '1', name, file: { filepath: join(folder, 'a.test.ts') } } as RunnerTestCase
    const file = basename(keptPath(folder, folder, task, 1))
    expect(file).toBe(`${slug}-6b86b273-1.db`)
    writeFileSync(join(folder, `${file.slice(0, -3)}.failure.json`), '')
  })
})

describe('the folder of a test file', () => {
  it.each([
    ['orders.test.ts', 'orders.test.ts'],
    ['../shared/orders.test.ts', '__/shared/orders.test.ts'],
    ['__/orders.test.ts', '___/orders.test.ts'],
    ['___/_/__tests__/orders.test.ts', '____/_/__tests__/orders.test.ts'],
    ['../../__/__', '__/__/___/___'],
  ])('%s is %s', (file, kept) => {
    const root = join(folder, 'packages/shop')
    expect(keptFolderOf('/kept', root, join(root, file))).toBe(join('/kept', kept))
    expect(testFileOf('/kept', root, join('/kept', kept))).toBe(join(root, file))
  })
})

describe('what is kept no longer', () => {
  it.each(['__/a.test.ts', '___/a.test.ts', '../a.test.ts', '../__/a.test.ts'])('is not that of %s', (name) => {
    const root = join(folder, 'root')
    const file = join(root, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, '')
    const kept = keptFolderOf(join(root, '.vitest/deltacat'), root, file)
    mkdirSync(kept, { recursive: true })
    writeFileSync(join(kept, 'a.db'), '')
    removeOrphans(join(root, '.vitest/deltacat'), root)
    expect(existsSync(join(kept, 'a.db'))).toBe(true)
    rmSync(file)
    removeOrphans(join(root, '.vitest/deltacat'), root)
    expect(existsSync(join(root, '.vitest'))).toBe(false)
  })

  it('goes with its folders, but for what another run has', () => {
    const kept = join(folder, '.vitest/deltacat')
    mkdirSync(join(kept, 'gone.test.ts'), { recursive: true })
    writeFileSync(join(kept, 'gone.test.ts/a.db'), '')
    mkdirSync(join(kept, 'deep/there.test.ts'), { recursive: true })
    mkdirSync(join(folder, 'deep'))
    writeFileSync(join(folder, 'deep/there.test.ts'), '')
    writeFileSync(join(kept, 'deep/there.test.ts/b.db'), '')
    mkdirSync(join(kept, 'empty/inner'), { recursive: true })
    removeOrphans(kept, folder)
    expect(readdirSync(kept, { recursive: true }).sort()).toEqual([
      'deep',
      'deep/there.test.ts',
      'deep/there.test.ts/b.db',
    ])

    removeEmpty(join(kept, 'not/there'), kept)
    removeEmpty(join(kept, 'deep/there.test.ts'), kept)
    expect(existsSync(join(kept, 'deep/there.test.ts/b.db'))).toBe(true)
    rmSync(join(kept, 'deep'), { recursive: true })
    removeEmpty(join(kept, 'deep/there.test.ts'), kept)
    expect(existsSync(join(folder, '.vitest'))).toBe(false)
    removeOrphans(kept, folder)
  })
})
