import { copyFileSync, globSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openCatalog } from '../../src/catalog/index.ts'
import { lines, root, run, testFolder } from './run.ts'

const folder = testFolder()
const wounds = 'test/inspector/mock/wounds.db'

describe('verify', () => {
  it.each(globSync('fixtures/*.deltacat.yaml', { cwd: root }).sort())('finds the file of %s sound', async (fixture) => {
    const db = join(folder.path, 'fixture.db')
    expect((await run(['build', fixture, '-o', db])).code).toBe(0)
    // The gallery has a partition of two values; only the mock's own look-ups mind that.
    const { code, out, err } = await run(['verify', 'fixture.db'], { cwd: folder.path })
    // This one has schemas alone.
    const empty = fixture === 'fixtures/schemas.deltacat.yaml' ? ', and empty: a catalog without a namespace yet' : ''
    expect({ code, out, err }).toEqual({ code: 0, out: '', err: `✓ fixture.db is sound${empty}\n` })
  })

  it.each(['peer-db/types.db', 'peer-db/encodings.db', 'compaction/cases.db'])(
    'finds the reference’s %s sound',
    async (name) => {
      expect(await run(['verify', `test/conformance/${name}`])).toMatchObject({ code: 0, out: '' })
    },
  )

  it('says what is wrong, where, what the mock has to do with it, and how to mend it', async () => {
    const { code, out, err } = await run(['verify', wounds])
    expect(code).toBe(1)
    expect(err).toBe(`✗ ${wounds}: 10 wounds, 4 notes\n`)
    expect(out).toContain(
      [
        'wound  mock-lost-delta  mock.late/-#1700000018000',
        '       Its partition was replaced by 00000000-0000-4000-8000-000000000017 at position 1700000017000, before this delta.',
        '       the Python mock: it commits to deprecated partitions, and doesn’t carry late deltas over.',
        '       mend: Stage and commit its records again.',
        'wound  mock-lost-delta  mock.deprecated/-#1700000023000',
        '       Its partition was replaced by 00000000-0000-4000-8000-00000000001d at position 1700000022000, before this delta.',
        'wound  mock-delete-parameters  mock.delete_parameters/-#1700000037000',
      ].join('\n'),
    )
  })

  it('names deltas by paths that inspect takes', async () => {
    const paths = lines((await run(['verify', wounds, '--json'])).out)
      .map(({ place }) => String(place))
      .filter((place) => place.includes('#'))
    expect(paths).toEqual([
      'mock.late/-#1700000018000',
      'mock.deprecated/-#1700000023000',
      'mock.delete_parameters/-#1700000037000',
    ])
    const inspected = await Promise.all(paths.map((path) => run(['inspect', wounds, '--delta', path, '--json'])))
    expect(inspected.map(({ out }) => lines(out)[1])).toEqual([
      { kind: 'record', row: 0, cells: { id: 3 } },
      { kind: 'record', row: 0, cells: { id: 3 } },
      { kind: 'record', row: 0, cells: { id: 1 } },
    ])
  })

  it('names the delta that keeps a partition from being read, and inspect takes its path', async () => {
    writeFileSync(join(folder.path, 'package.json'), '{}')
    writeFileSync(
      join(folder.path, 'scans.deltacat.yaml'),
      `namespaces:
  logistics:
    tables:
      scans:
        primaryKeys: [scan_id]
        partitionKeys: [site]
        partitions:
          - values: [OSL]
            deltas:
              - [{ scan_id: 1, parcel: P1 }]
              - { type: delete, equalityColumns: null, rows: [{ parcel: P1 }] }
`,
    )
    const cwd = { cwd: folder.path }
    expect((await run(['build', 'scans.deltacat.yaml', '-o', 'scans.db'], cwd)).code).toBe(0)
    const { code, out } = await run(['verify', 'scans.db'], cwd)
    expect({ code, out: out.split('\n').slice(0, 2) }).toEqual({
      code: 1,
      out: [
        'wound  unreadable-partition  logistics.scans/OSL#1704067200002',
        '       The equality column "scan_id" is no column of the delete\'s records; they have parcel.',
      ],
    })
    const read = await run(['inspect', 'scans.db', '--delta', 'logistics.scans/OSL#1704067200002'], cwd)
    expect(read.out).toContain('\n  P1')
    expect((await run(['verify', 'scans.db', '--no-records'], cwd)).code).toBe(0)
  })

  it('exits with 0 where there are only notes', async () => {
    const db = join(folder.path, 'note.db')
    copyFileSync(join(root, 'test/conformance/peer-db/types.db'), db)
    const database = new Database(db)
    database.exec("UPDATE table_versions SET value = json_set(value, '$.schema', 'opaque')")
    database.close()
    expect(await run(['verify', 'note.db'], { cwd: folder.path })).toEqual({
      code: 0,
      out: 'note   opaque-schema  types.every_type@1\n       The schema is "opaque".\n       mend: None needed: it is kept as it is.\n',
      err: '✓ note.db: 0 wounds, 1 note\n',
    })
  })

  it('gives findings as JSON, an object a line', async () => {
    const { code, out, err } = await run(['verify', wounds, '--json'])
    expect({ code, err }).toEqual({ code: 1, err: '' })
    const objects = lines(out)
    expect(objects).toHaveLength(15)
    expect(objects[4]).toEqual({
      kind: 'finding',
      code: 'mock-in-place',
      severity: 'wound',
      table: 'partitions',
      locator: expect.stringMatching(/^[0-9a-f]{40}\|None\|/),
      place: 'mock.in_place/-',
      message: 'Partition 00000000-0000-4000-8000-000000000021 names itself as the one it replaced.',
    })
    expect(objects.at(-1)).toEqual({ kind: 'summary', path: wounds, wounds: 10, notes: 4 })
  })

  it('decodes no records with --no-records', async () => {
    const db = join(folder.path, 'blob.db')
    copyFileSync(join(root, 'test/conformance/peer-db/types.db'), db)
    const database = new Database(db)
    database.exec('UPDATE data SET value = zeroblob(length(value)) WHERE rowid = 1')
    database.close()
    expect((await run(['verify', db])).out).toMatch(/^wound {2}undecodable {2}types\.every_type\/-#1700000002000\n/)
    expect(await run(['verify', db, '--no-records'])).toMatchObject({ code: 0, out: '' })
  })

  it('is content with an empty file, and says that it is empty', async () => {
    writeFileSync(join(folder.path, 'none.db'), '')
    openCatalog(join(folder.path, 'opened.db')).close()
    new Database(join(folder.path, 'bare.db')).exec('CREATE TABLE other (id); DROP TABLE other').close()
    for (const name of ['none.db', 'opened.db', 'bare.db']) {
      expect(await run(['verify', name], { cwd: folder.path })).toEqual({
        code: 0,
        out: '',
        err: `✓ ${name} is sound, and empty: a catalog without a namespace yet\n`,
      })
      expect(lines((await run(['verify', name, '--json'], { cwd: folder.path })).out)).toEqual([
        { kind: 'summary', path: name, wounds: 0, notes: 0, empty: true },
      ])
    }
    const catalog = openCatalog(join(folder.path, 'written.db'))
    catalog.createNamespace('shop')
    catalog.close()
    expect((await run(['verify', 'written.db'], { cwd: folder.path })).err).toBe('✓ written.db is sound\n')
  })

  it('names a damaged file', async () => {
    writeFileSync(join(folder.path, 'text.db'), 'no database')
    const { code, out, err } = await run(['verify', 'text.db'], { cwd: folder.path })
    expect(code).toBe(1)
    expect(out).toMatch(
      /^wound {2}not-a-catalog {2}the file\n {7}".*text\.db" is not an SQLite database; restore the file or open another\.\n {7}mend: Restore the file from a copy\.\n$/,
    )
    expect(err).toBe('✗ text.db: 1 wound\n')
  })

  it('says nothing of a sound file with --quiet', async () => {
    expect(await run(['verify', 'test/conformance/peer-db/types.db', '--quiet'])).toEqual({ code: 0, out: '', err: '' })
  })
})
