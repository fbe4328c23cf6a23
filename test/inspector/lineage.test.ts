import { Field, Int64, Schema, Utf8 } from 'apache-arrow'
import { describe, expect, it } from 'vitest'
import { mergeRecords } from '../../src/catalog/records/merge.ts'
import { rowsFromTable, tableFromRows } from '../../src/catalog/records/rows.ts'
import { schemaToText } from '../../src/catalog/records/schema.ts'
import { type LineageDelta, lineageOf } from '../../src/inspector/lineage.ts'
import type { LineageView } from '../../src/inspector/model.ts'
import { rowChanges } from '../../src/inspector/row-changes.ts'
import { fc } from '../chance.ts'

const schema = new Schema([
  new Field('id', new Int64(), true),
  new Field('at', new Int64(), true),
  new Field('v', new Utf8(), true),
])
type Row = readonly [id: number | null, at: number | null, v: string]
const keys = { primaryKeys: ['id'], sortKeys: null }

function delta(number: number, type: LineageDelta['type'], rows: readonly Row[]): LineageDelta {
  const table = tableFromRows(
    rows.map(([id, at, v]) => ({ id, at, v })),
    schema,
  )
  return { number, type, tables: [table], ...(type === 'delete' && { equalityColumnNames: ['id'] }) }
}

/** The rows that the lineage shows after a delta. */
function rowsAfter(deltas: readonly LineageDelta[], rows: LineageView, at: number): unknown[] {
  const byNumber = new Map(deltas.map((each) => [each.number, each.tables.flatMap(rowsFromTable)]))
  return rows.born.flatMap((born, index) => {
    const gone = rows.gone[index] as number
    return born <= at && (gone < 0 || gone > at) ? [byNumber.get(born)?.[rows.row[index] as number]] : []
  })
}

describe('lineageOf', () => {
  it('takes a key that only the schema has for null, as readPartition does', () => {
    const v = new Schema([new Field('v', new Utf8(), true)])
    const deltas = ['a', 'b'].map((text, number): LineageDelta => {
      return { number, type: 'upsert', tables: [tableFromRows([{ v: text }], v)] }
    })
    const { rows } = lineageOf(deltas, { ...keys, schema: schemaToText(schema) })
    expect(rows).toEqual({ born: [0, 1], row: [0, 0], gone: [1, -1], before: [-1, 0] })
  })

  it('follows rows through upserts, deletes and appends', () => {
    const deltas = [
      delta(0, 'upsert', [
        [1, 0, 'a'],
        [2, 0, 'b'],
        [2, 0, 'c'],
      ]),
      delta(1, 'upsert', [[2, 0, 'd']]),
      delta(3, 'append', [[1, 0, 'e']]),
      delta(4, 'delete', [[1, null, '']]),
    ]
    const { rows, effects } = lineageOf(deltas, keys)
    expect(rows).toEqual({
      born: [0, 0, 0, 1, 3],
      row: [0, 1, 2, 0, 0],
      gone: [4, 0, 1, -1, 4],
      before: [-1, -1, -1, 2, -1],
    })
    expect([...effects]).toEqual([
      [0, { added: 2, changed: 0, removed: 0 }],
      [1, { added: 0, changed: 1, removed: 0 }],
      [3, { added: 1, changed: 0, removed: 0 }],
      [4, { added: 0, changed: 0, removed: 2 }],
    ])
  })

  it('sees through a row that its own delta takes back', () => {
    const { rows, effects } = lineageOf(
      [
        delta(0, 'upsert', [[1, 0, 'a']]),
        delta(1, 'upsert', [
          [1, 0, 'b'],
          [1, 0, 'c'],
        ]),
      ],
      keys,
    )
    expect(rows.before).toEqual([-1, 0, 0])
    expect(effects.get(1)).toEqual({ added: 0, changed: 1, removed: 0 })
  })

  it('tells the rows that a delta changed, added and removed, a key that it brings twice once', () => {
    const { rows } = lineageOf(
      [
        delta(0, 'upsert', [[1, 0, 'z']]),
        delta(1, 'upsert', [
          [1, 0, 'a'],
          [1, 0, 'b'],
          [2, 0, 'x'],
          [2, 0, 'y'],
        ]),
        delta(2, 'delete', [[2, null, '']]),
      ],
      keys,
    )
    expect(rowChanges(rows, 1)).toEqual({ changed: [{ before: 0, after: 2 }], added: [4], removed: [] })
    expect(rowChanges(rows, 2)).toEqual({ changed: [], added: [], removed: [4] })
  })

  it('counts a row that an older one outlasts as nothing', () => {
    const sorted = { primaryKeys: ['id'], sortKeys: [['at', 'ascending']] as const }
    const { rows, effects } = lineageOf([delta(0, 'upsert', [[1, 9, 'a']]), delta(1, 'upsert', [[1, 3, 'b']])], sorted)
    expect(rows.gone).toEqual([-1, 1])
    expect(effects.get(1)).toEqual({ added: 0, changed: 0, removed: 0 })
  })

  it('shows after each delta what reading the partition until then gives', () => {
    const row = fc.tuple(
      fc.option(fc.integer({ min: 0, max: 4 })),
      fc.option(fc.integer({ min: 0, max: 3 })),
      fc.string({ maxLength: 2 }),
    )
    const step = fc.record({
      type: fc.constantFrom('append', 'upsert', 'delete'),
      rows: fc.array(row, { maxLength: 4 }),
    })
    const tables = fc.record({
      steps: fc.array(step, { maxLength: 8 }),
      primaryKeys: fc.constantFrom(['id'], null),
      sortKeys: fc.constantFrom(null, [['at', 'descending'] as const]),
    })
    fc.assert(
      fc.property(tables, ({ steps, primaryKeys, sortKeys }) => {
        const deltas = steps.map(({ type, rows }, index) => delta(index * 2, type, rows))
        const { rows, effects } = lineageOf(deltas, { primaryKeys, sortKeys })
        let before = 0
        deltas.forEach(({ number }, index) => {
          const merged = rowsFromTable(mergeRecords(deltas.slice(0, index + 1), { primaryKeys, sortKeys, schema }))
          expect(rowsAfter(deltas, rows, number)).toEqual(merged)
          const { added, removed } = effects.get(number) ?? { added: 0, removed: 0 }
          const changes = rowChanges(rows, number)
          expect({
            added: changes.added.length,
            changed: changes.changed.length,
            removed: changes.removed.length,
          }).toEqual(effects.get(number))
          expect(before + added - removed).toBe(merged.length)
          before = merged.length
        })
      }),
      { numRuns: 150 },
    )
  })
})
