import type { RunnerTestCase } from 'vitest'
import { expect } from 'vitest'
import { test } from '../../src/vitest-plugin/test.ts'

let task: RunnerTestCase | undefined

test('a test uses its catalog', ({ catalog, fixture, task: own }) => {
  task = own as RunnerTestCase
  expect({ ...task.context }).toMatchObject({ catalog, fixture })
})

test('which is not kept with its context until the file ends', () => {
  expect({ ...task?.context }).toMatchObject({ catalog: undefined, fixture: undefined })
})
