import { test } from 'vitest'
import { sampleMemory, TESTS } from './memory.ts'

for (let number = 1; number <= TESTS; number++) {
  test(`test ${number}`, ({ expect, task }) => {
    expect(number).toBeGreaterThan(0)
    sampleMemory(number, { task })
  })
}
