import { expect, it } from 'vitest'
import { fc, seed } from '../chance.ts'
import '../../src/vitest-plugin/vitest.ts'

import { tableFromJson } from './cells.ts'
import type { JsonTable } from './differential/step.ts'
import { reference } from './peer.ts'
import { nestedTypes, plainTypes, type TypeCase, tablesOf } from './types.ts'

interface Pair {
  readonly left: JsonTable
  readonly right: JsonTable
  readonly ordered: boolean
}

const types = [...plainTypes, ...nestedTypes].filter(({ newerOnly }) => newerOnly === undefined)
const given = tablesOf(types)

/** A table and what chance makes of it: the same, other orders, another cell, a row more or less. */
const pairs: fc.Arbitrary<Pair> = fc
  .tuple(given, fc.boolean())
  .chain(([{ table, types: columns }, ordered]) =>
    variants(table, columns).map((right) => ({ left: table, right, ordered })),
  )

function variants(table: JsonTable, columns: readonly TypeCase[]): fc.Arbitrary<JsonTable> {
  const { schema, rows } = table
  const same = fc.constant(rows)
  const at = fc.nat(Math.max(0, rows.length - 1))
  const shuffled = fc.shuffledSubarray([...rows], { minLength: rows.length })
  const fewer = at.map((i) => rows.filter((_, n) => n !== i))
  const twice = at.map((i) => [...rows, ...rows.slice(i, i + 1)])
  const replaced = fc.tuple(at, at).map(([i, j]) => rows.map((row, n) => (n === i ? (rows[j] ?? row) : row)))
  const changed = fc
    .nat(columns.length - 1)
    .chain((column) =>
      fc
        .tuple(at, fc.option(columns[column]?.cells ?? fc.constant(null), { freq: 3 }))
        .map(([i, cell]) => rows.map((row, n) => (n === i ? row.map((old, c) => (c === column ? cell : old)) : row))),
    )
  const turned = fc.constant(null)
  return fc
    .oneof(same, shuffled, fewer, twice, replaced, changed, changed, turned)
    .map((made) =>
      made === null
        ? { schema: schema.toReversed(), rows: rows.map((row) => row.toReversed()) }
        : { schema, rows: made },
    )
}

it(`gives the verdict that pyarrow gives, on random pairs of tables (seed ${seed})`, async () => {
  const sampled = fc.sample(pairs, { numRuns: 300, seed })
  const verdicts = sampled.map(({ left, right, ordered }) => {
    try {
      expect(tableFromJson(left)).toHaveRecords(tableFromJson(right), { order: ordered ? 'strict' : 'ignore' })
      return true
    } catch (error) {
      // What a matcher finds is told as rows; anything else is not a verdict.
      if (!/^Arrow table: (\d+ rows? |all \d+ expected rows )/.test((error as Error).message)) throw error
      return false
    }
  })
  const pythons = await reference().ask<boolean[]>('same_records', { pairs: sampled })
  const told = (says: readonly boolean[]) => sampled.map((pair, i) => [says[i], JSON.stringify(pair)])
  expect(told(verdicts)).toEqual(told(pythons))
  // Both verdicts were asked for, each often enough to say something.
  expect(pythons.filter(Boolean).length).toBeGreaterThan(50)
  expect(pythons.filter((same) => !same).length).toBeGreaterThan(50)
})
