import { test } from 'vitest-deltacat/test'
import { sampleMemory, TESTS } from './memory.ts'

test.override({ source: process.env.BENCH_TEMPLATE! })

const rows = [{ id: 1n, country: 'NO' }]

for (let number = 1; number <= TESTS; number++) {
  test(`test ${number}`, ({ catalog, expect, task }) => {
    const [partition] = catalog.listPartitions('shop', 'table0')
    const delta = catalog.commitDelta(catalog.stageDelta(rows, partition!))
    expect(delta).toHaveRecords(rows)
    sampleMemory(number, { task })
  })
}
