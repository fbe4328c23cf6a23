import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openCatalog, type PartitionValues, type SortKey } from '../../src/catalog/index.ts'
import { fc } from '../chance.ts'
import { scaled } from '../scale.ts'
import { tableFromJson } from './cells.ts'
import { type Compaction, compact, makeDestination, readOurs, sortedRows } from './compaction.ts'
import type { JsonTable } from './differential/step.ts'

const folder = mkdtempSync(join(tmpdir(), 'deltacat-compaction-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Change {
  readonly type: 'upsert' | 'delete'
  /** One table for each manifest entry. */
  readonly tables: readonly JsonTable[]
  readonly equality?: readonly string[]
}

interface Case {
  readonly primaryKeys: readonly string[]
  readonly sortKeys: readonly SortKey[]
  readonly values: PartitionValues | null
  readonly changes: readonly Change[]
  readonly hashBucketCount?: number
}

function oneBySeveralColumns(changes: readonly Change[]): readonly Change[] {
  const bySeveral = changes.filter(({ equality }) => (equality?.length ?? 0) > 1)
  return changes.filter((change) => !bySeveral.slice(1).includes(change))
}

const deletesLast = (changes: readonly Change[]): readonly Change[] =>
  (['upsert', 'delete'] as const).flatMap((type) => changes.filter((change) => change.type === type))

let count = 0

/** Writes the changes with our catalog, has DeltaCAT compact them, and reads both sides with ours. */
async function compactOurs({ primaryKeys, sortKeys, values, changes, hashBucketCount = 3 }: Case) {
  count += 1
  const path = join(folder, `${count}.db`)
  const source = { namespace: 'shop', tableName: 'orders', tableVersion: '1' }
  const compaction: Compaction = {
    source,
    primaryKeys,
    sortKeys,
    partitionValues: values,
    dropDuplicates: true,
    hashBucketCount,
  }
  const destination = written()
  function written() {
    using catalog = openCatalog(path)
    catalog.createNamespace(source.namespace)
    const stream = catalog.createTableVersion(source.namespace, source.tableName, {
      primaryKeyColumnNames: primaryKeys,
      sortKeys,
      ...(values !== null && { partitionKeys: [{ keyName: 'region', keyType: 'string' }] }),
    })
    const partition = catalog.stagePartition(stream, { partitionValues: values })
    for (const { type, tables, equality } of changes) {
      const deleteParameters = equality === undefined ? undefined : { equalityColumnNames: equality }
      const records = tables.map(tableFromJson)
      catalog.commitDelta(
        catalog.stageDelta(records, partition, { deltaType: type, ...(deleteParameters && { deleteParameters }) }),
      )
    }
    catalog.commitPartition(partition)
    return makeDestination(catalog, compaction)
  }
  const before = readOurs(path, source, values)
  const compacted = await compact(path, compaction, destination)
  const after = readOurs(path, destination, values)
  expect(readOurs(path, source, values)).toEqual(before)
  rmSync(path)
  return { before, compacted, after }
}

describe("DeltaCAT's compactor on a file that our catalog wrote", () => {
  it('leaves what readPartition reads, after an upsert, a delete and by a sort key', async () => {
    const schema = [
      ['id', 'int64', true],
      ['at', 'int64', true],
      ['note', 'string', true],
    ] as const
    const { before, compacted, after } = await compactOurs({
      primaryKeys: ['id'],
      sortKeys: [['at', 'ascending']],
      values: ['NO'],
      changes: [
        {
          type: 'upsert',
          tables: [
            {
              schema,
              rows: [
                [1, 10, 'one'],
                [2, 20, 'two'],
              ],
            },
            { schema, rows: [[3, 30, null]] },
          ],
        },
        {
          type: 'upsert',
          tables: [
            {
              schema,
              rows: [
                [1, 11, 'newer'],
                [2, 19, 'older by its sort key'],
              ],
            },
          ],
        },
        { type: 'delete', tables: [{ schema: [['id', 'int64', true]], rows: [[3]] }], equality: ['id'] },
        { type: 'upsert', tables: [{ schema, rows: [[4, 40, 'after the delete']] }] },
      ],
    })
    const rows = [
      [1, 11, 'newer'],
      [2, 20, 'two'],
      [4, 40, 'after the delete'],
    ].map((row) => JSON.stringify(row))
    expect(sortedRows(before)).toEqual(rows)
    expect(sortedRows(after)).toEqual(rows)
    expect(compacted?.table && sortedRows(compacted.table)).toEqual(rows)
  })

  const row = fc.record({ id: fc.nat(6), name: fc.constantFrom('a', 'b', 'c', null), at: fc.nat(4), note: fc.string() })
  const columns = ['id', 'name', 'at', 'note'] as const
  const types = { id: 'int64', name: 'string', at: 'int64', note: 'string' } as const
  const tableOf = (
    names: readonly (keyof typeof types)[],
    rows: readonly Record<keyof typeof types, unknown>[],
  ): JsonTable => ({
    schema: names.map((name) => [name, types[name], true] as const),
    rows: rows.map((values) => names.map((name) => values[name])),
  })
  const records = fc.array(row, { minLength: 1, maxLength: 6 })
  const upsert = fc.array(records, { minLength: 1, maxLength: 2 }).map(
    (entries): Change => ({
      type: 'upsert',
      tables: entries.map((rows) => tableOf(columns, rows)),
    }),
  )
  const erase = fc
    .tuple(fc.constantFrom<readonly (keyof typeof types)[]>(['id'], ['name'], ['id', 'name'], ['at']), records)
    .map(([equality, rows]): Change => {
      // By several columns one row in all: of more, the compactor matches each column for itself, so that the rows
      // (4, 'a') and (0, 'c') also delete (4, 'c'). Ours deletes what equals one of the rows.
      const deleted = equality.length > 1 ? rows.slice(0, 1) : rows
      return { type: 'delete', equality, tables: [tableOf(equality, deleted)] }
    })
  const cases: fc.Arbitrary<Case> = fc
    .record({
      primaryKeys: fc.constantFrom(['id'], ['id', 'name']),
      sortKeys: fc.constantFrom<readonly SortKey[]>([], [['at', 'ascending']], [['at', 'descending']]),
      values: fc.constantFrom<PartitionValues | null>(null, ['NO']),
      changes: fc
        .tuple(upsert, fc.array(fc.oneof(upsert, erase), { maxLength: 5 }))
        .map(([first, rest]) => oneBySeveralColumns([first, ...rest])),
      hashBucketCount: fc.constantFrom(1, 3),
    })
    // With a sort key, deletes come last: the compactor forgets the sort key between an upsert before a delete and one
    // after it, where the later row wins whatever its sort key. Ours orders them all.
    .map((given) => (given.sortKeys.length === 0 ? given : { ...given, changes: deletesLast(given.changes) }))

  it('leaves what readPartition reads, for any upserts and deletes', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (given) => {
        const { before, after } = await compactOurs(given)
        expect(sortedRows(after)).toEqual(sortedRows(before))
      }),
      { numRuns: scaled(15, 100) },
    )
  })
})
