import { test as base } from 'vitest'
import { sampleMemory, TESTS } from './memory.ts'

// With a fixture, as Vitest keeps something of each test that has one.
const test = base.extend<{ thing: object }>({
  thing: async ({ task }, use) => {
    await use({})
    Object.assign(task.context, { thing: undefined })
  },
})

for (let number = 1; number <= TESTS; number++) {
  test(`test ${number}`, ({ expect, task, thing }) => {
    expect(thing).toEqual({})
    sampleMemory(number, { task })
  })
}
