// The matchers on `expect`, in each of its forms: void where it is sync, a promise where it is not.
import { Table } from 'apache-arrow'
import { expect, test } from 'vitest'
import { openCatalog } from 'vitest-deltacat'
import { matchers } from 'vitest-deltacat/matchers'
import 'vitest-deltacat/vitest'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const same = <A, B>(..._: Same<A, B> extends true ? [] : [never]): void => {}

expect.extend(matchers)

test('forms', async ({ expect: own }) => {
  const catalog = openCatalog(':memory:')
  const stream = catalog.createTableVersion('shop', 'orders')
  const partition = catalog.commitPartition(catalog.stagePartition(stream))
  const delta = catalog.commitDelta(catalog.stageDelta([{ id: 1n, total: '10.50', at: new Date(0) }], partition))

  const direct = expect(delta).toHaveRecords([{ id: 1, total: own.any(String), at: new Date(0) }])
  same<typeof direct, void>()
  const negated = expect(delta).not.toHaveRecords([])
  same<typeof negated, void>()
  const soft = expect.soft(delta).toHaveRecordCount(1)
  same<typeof soft, void>()
  const resolved = expect(Promise.resolve(delta)).resolves.toBeCommitted({ visible: true })
  same<typeof resolved, Promise<void>>()
  await resolved
  const polled = expect.poll(() => delta).toBeCommitted()
  same<typeof polled, Promise<void>>()
  await polled
  const local = own(partition).toContainRecords([{ id: 1 }], { columns: 'subset' })
  same<typeof local, void>()

  expect(partition).toHaveRecords('norway now')
  expect(partition).toHaveRecords(new Table({}))
  expect(partition).toHaveRecords([], { order: 'strict', key: ['id'], tolerance: { abs: 1e-9, rel: 0 }, maxDiffs: 3 })
  expect(delta).toBeStaged()
  expect(stream).toBeDeprecated()
  expect(stream).toHavePartitions([['NO'], null, { values: ['SE'], state: 'deprecated' }])
  expect(partition).toHaveDeltas(['append', { type: 'delete', state: 'staged', recordCount: 1 }], { order: 'ignore' })
  expect(delta).toHaveSchema({ id: 'int64!', total: 'decimal(12,2)' })
  expect(catalog).toMatchFixture('./after.deltacat.yaml', { ids: true, params: { bulk: 1 } })

  // An asymmetric matcher stands for any value.
  expect({ delta }).toEqual({ delta: expect.toHaveRecords([{ id: 1 }]) })
  expect({ delta }).toEqual({ delta: expect.not.toBeStaged() })
  const id: number = expect.toHaveRecordCount(1)
  void id
})

test('refused', () => {
  // @ts-expect-error rows, a table or a name
  expect(1).toHaveRecords(1)
  // @ts-expect-error no such order
  expect(1).toHaveRecords([], { order: 'sorted' })
  // @ts-expect-error no such option
  expect(1).toHaveRecords([], { colums: 'subset' })
  // @ts-expect-error a number
  expect(1).toHaveRecordCount('1')
  // @ts-expect-error it takes none
  expect(1).toBeStaged(true)
  // @ts-expect-error no such state of a delta
  expect(1).toHaveDeltas([{ state: 'deprecated' }])
  // @ts-expect-error no such type
  expect(1).toHaveDeltas(['insert'])
  // @ts-expect-error no such matcher
  expect(1).toHaveRecordz([])
  // @ts-expect-error also not in the asymmetric form
  expect.toHaveRecords(1)
})
