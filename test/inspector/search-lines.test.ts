import { expect, it } from 'vitest'
import { packedChunks } from '../../src/inspector/client/chunks.ts'
import { findLines, hitOf, isGroup } from '../../src/inspector/client/search-lines.ts'
import { runReport } from './run-sample.ts'

/** Searches the report of so many tests; `onStep` is told how many hits there are, and may end the search. */
function find(tests: number, partitions: number, words: string, onStep = (_: number, _end: () => void): void => {}) {
  const { view, chunks } = runReport(tests, partitions)
  const search = new AbortController()
  return findLines(view.catalogs, packedChunks(chunks), words, search.signal, ({ count }) =>
    onStep(count, () => search.abort()),
  )
}

it('stops at a thousand hits, and names no catalog of which none is listed', async () => {
  const { lines, count, isCut } = await find(12, 123, 'orders/p')
  expect([count, isCut]).toEqual([1000, true])
  expect(lines.filter(isGroup).map((group) => [group.catalog, group.count, group.more])).toEqual(
    Array.from({ length: 10 }, (_, catalog) => [catalog, 100, true]),
  )
  expect(hitOf(lines.at(-1)!)).toMatchObject({ catalog: 9, where: 'partition' })
})

it('is told of the first hits one by one, and of the others by the hundred', async () => {
  const steps: number[] = []
  const { lines, isCut } = await find(1, 323, 'orders/p', (count) => steps.push(count))
  expect(steps).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 100, 200, 300])
  // One catalog needs no line above its hits.
  expect([lines.length, lines.some(isGroup), isCut]).toEqual([320, false, false])
})

it('adds nothing once it has been ended', async () => {
  const { lines } = await find(3, 13, 'orders/p', (count, end) => {
    if (count === 4) end()
  })
  expect(lines.map((line) => (isGroup(line) ? 'group' : line.text))).toEqual([
    'group',
    'shop.orders/p0',
    'shop.orders/p1',
    'shop.orders/p2',
    'shop.orders/p3',
  ])
})
