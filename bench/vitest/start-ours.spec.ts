import 'vitest'

const start = performance.now()
const { test } = await import('vitest-deltacat/test')
await import('vitest-deltacat/vitest')
const imported = performance.now() - start

test.override({ source: process.env.BENCH_TEMPLATE! })

// How long the first catalog takes is this test's duration.
test('start', ({ catalog, task }) => {
  catalog.getNamespace('shop')
  Object.assign(task.meta, { imported })
})
