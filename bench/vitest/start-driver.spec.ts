import { test } from 'vitest'

const start = performance.now()
await import('better-sqlite3')
const imported = performance.now() - start

test('start', ({ task }) => {
  Object.assign(task.meta, { imported })
})
