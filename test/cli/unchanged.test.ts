import { chmodSync, copyFileSync, mkdtempSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeAll, describe, expect, it } from 'vitest'
import { root, run, testFolder } from './run.ts'

const folder = testFolder()
const built = () => join(folder.path, 'built.db')
const sources: Readonly<Record<string, () => string>> = {
  'built from a fixture': built,
  // They lack the indexes that a catalog adds where it writes.
  'with a write-ahead log of its own': () => {
    const path = join(folder.path, 'logging.db')
    copyFileSync(built(), path)
    const database = new Database(path)
    database.pragma('journal_mode = WAL')
    database.close()
    return path
  },
  'that Python wrote': () => join(root, 'test/conformance/peer-db/types.db'),
}

beforeAll(async () => {
  expect(await run(['build', 'fixtures/orders.deltacat.yaml', '-o', built()])).toMatchObject({ code: 0 })
})

/** Everything that a reader could leave behind, but the time of its reading. */
function traces(path: string) {
  const { mtimeNs, ctimeNs, size, mode } = statSync(path, { bigint: true })
  return { bytes: readFileSync(path), mtimeNs, ctimeNs, size, mode }
}

describe.each(Object.entries(sources))('a .db %s', (_, source) => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['inspect', ['copy.db'], []],
    ['inspect --json', ['copy.db', '--json'], []],
    ['diff', ['copy.db', 'copy.db'], []],
    ['verify', ['copy.db'], []],
    ['report', ['copy.db', '-o', 'r.html'], ['r.html']],
    ['dump', ['copy.db', '-o', 'd.deltacat.yaml', '--max-inline-rows', 'all'], ['d.deltacat.yaml']],
  ])('is as it was after %s', async (name, argv, written) => {
    const cwd = mkdtempSync(join(folder.path, 'run-'))
    const path = join(cwd, 'copy.db')
    copyFileSync(source(), path)
    chmodSync(path, 0o644)
    utimesSync(path, 1_000_000_000, 1_000_000_000)
    const before = traces(path)
    const { code, out, err } = await run([name.split(' ')[0] as string, ...argv], { cwd })
    expect({ code, said: out + err }).toEqual({ code: 0, said: expect.stringMatching(/\S/) })
    expect(traces(path)).toEqual(before)
    // SQLite puts these beside a file with a write-ahead log, and leaves them where it may not write the file.
    const left = readdirSync(cwd).filter((file) => !/^copy\.db-(shm|wal)$/.test(file))
    expect(left).toEqual(['copy.db', ...written].toSorted())
  })
})
