import { describe, expect, it } from 'vitest'
import { mergeDeltas, seededClock, seededIds } from '../../src/catalog/index.ts'
import { backends, START, thrownBy } from './backends.ts'
import { commitIds, committedPartition, shopIn, stageIds } from './shop.ts'

describe('seededClock', () => {
  it('begins at its start and goes on by its step', () => {
    const clock = seededClock(START, 5)
    expect([clock(), clock(), clock()]).toEqual([START, START + 5, START + 10])
    expect(seededClock('2024-01-01T00:00:00Z')()).toBe(1704067200000)
    const day = seededClock(new Date(0))
    expect([day(), day()]).toEqual([0, 1])
    expect(seededClock('1969-12-31')()).toBe(-86_400_000)
    expect(seededClock('2024-02-29T01:30:00.5+01:30')()).toBe(seededClock('2024-02-29T00:00:00.500Z')())
    expect(seededClock('2024-02-29T23:00-0130')()).toBe(seededClock('2024-03-01T00:30Z')())
  })

  it.each<[string, () => unknown]>([
    ...[Number.NaN, 'yesterday', '2024-02-30T00:00:00Z', '2024-02-30', '2024-13-01', '2024-01-01T25:00Z'].map(
      (start): [string, () => unknown] => [
        `The clock cannot start at ${typeof start === 'string' ? JSON.stringify(start) : start}; give milliseconds, a Date or a text such as 2024-02-29T00:00:00Z.`.replace(
          'null',
          'NaN',
        ),
        () => seededClock(start),
      ],
    ),
    [
      'The clock cannot start at null; give milliseconds, a Date or a text such as 2024-02-29T00:00:00Z.',
      () => seededClock(null as never),
    ],
    [
      'The clock cannot start at "2024-02-01T00:00:00", which is another time in each time zone; write 2024-02-01T00:00:00Z.',
      () => seededClock('2024-02-01T00:00:00'),
    ],
    ["The clock's step is 0; give a positive number of milliseconds.", () => seededClock(0, 0)],
  ])('refuses: %s', (message, work) => {
    expect(thrownBy(work)).toEqual({ code: 'invalid-argument', message })
  })
})

describe('seededIds', () => {
  it('are the same for a seed, and others for another', () => {
    const take = (ids: () => string) => [ids(), ids(), ids()]
    const first = take(seededIds('a'))
    expect(first).toEqual(take(seededIds('a')))
    expect(new Set([...first, ...take(seededIds('b'))]).size).toBe(6)
    for (const id of first) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
  })

  it('go on where others stopped', () => {
    const ids = seededIds('a')
    const [, second, third] = [ids(), ids(), ids()]
    const rest = seededIds('a', 1)
    expect([rest(), rest()]).toEqual([second, third])
  })
})

it.each(backends)('makes two runs in a $name equal, byte for byte', ({ open }) => {
  const run = () => {
    const catalog = open({ clock: seededClock(START), ids: seededIds('run') })
    const stream = shopIn(catalog, { primaryKeyColumnNames: ['id'] })
    const partition = committedPartition(catalog, stream, ['NO'])
    commitIds(catalog, partition, 1, 2)
    catalog.commitDelta(mergeDeltas([stageIds(catalog, partition, 3), stageIds(catalog, partition, 4)]))
    const replacing = catalog.stagePartition(stream, ['NO'])
    commitIds(catalog, replacing, 5)
    catalog.commitPartition(replacing, { previousPartition: partition })
    for (let id = 0; id < 100; id += 1) catalog.commitDelta(catalog.stageDelta(null, replacing))
    catalog.commitStream(catalog.stageStream('shop', 'orders'))
    return catalog.serialize()
  }
  expect(run().equals(run())).toBe(true)
})
