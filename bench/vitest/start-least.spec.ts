import 'vitest'

// What a package would take that has two doors, as ours, and almost nothing behind them.
const start = performance.now()
const { test } = await import('least/test')
await import('least/vitest')
const imported = performance.now() - start

test('start', ({ names, task }) => {
  Object.assign(task.meta, { imported, names })
})
