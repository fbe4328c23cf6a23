// Beside the types of others: a user's own matcher, written in either of Vitest's documented ways, and jest-dom's.
import type { TestingLibraryMatchers } from '@testing-library/jest-dom/matchers'
import * as domMatchers from '@testing-library/jest-dom/matchers'
import { expect, test } from 'vitest'
import { test as catalogTest } from 'vitest-deltacat/test'

interface OwnMatchers {
  toBeOdd(): void
}

declare module 'vitest' {
  interface Matchers extends OwnMatchers {}
  interface AsymmetricMatchersContaining extends OwnMatchers {}
  // jest-dom's own augmentation is written for other type parameters; this is how its README of matchers is used.
  interface Matchers extends TestingLibraryMatchers<unknown, void> {}
}

expect.extend({ toBeOdd: (received: unknown) => ({ pass: Number(received) % 2 === 1, message: () => 'odd' }) })
const { default: _, ...matchers } = domMatchers
expect.extend(matchers)

test('all of them', () => {
  expect(1).toBeOdd()
  expect(1).toBeStaged()
  expect({} as Element).toBeVisible()
  expect({} as Element).toHaveAccessibleName('shop')
  // @ts-expect-error each keeps its own types
  expect(1).toBeOdd(1)
})

catalogTest('and in its context', ({ expect, catalog }) => {
  expect(1).toBeOdd()
  expect(catalog).toMatchFixture('./a.deltacat.yaml')
})
