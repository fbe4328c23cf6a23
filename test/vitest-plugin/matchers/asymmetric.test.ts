import { describe, expect, test } from 'vitest'
import '../../../src/vitest-plugin/vitest.ts'
import { type AsymmetricMatcher, askAlike } from '../../../src/vitest-plugin/matchers/expected/asymmetric.ts'
import { failureOf } from './failure.ts'
import { table } from './tables.ts'

const numbers = table({ n: 'int64' }, [{ n: 1 }, { n: 7 }])

class Between {
  readonly #lo: number
  readonly #hi: number
  constructor(lo: number, hi: number) {
    this.#lo = lo
    this.#hi = hi
  }
  asymmetricMatch(value: unknown): boolean {
    return typeof value === 'number' && value >= this.#lo && value <= this.#hi
  }
  toString(): string {
    return 'Between'
  }
}

// Nothing exports it; whoever extends it finds it so.
const Base = Object.getPrototypeOf(expect.any(Number).constructor) as new (
  sample?: unknown,
) => { readonly sample: unknown }

class BetweenOfBase extends Base {
  readonly #range: Between
  constructor(lo: number, hi: number) {
    super()
    this.#range = new Between(lo, hi)
  }
  asymmetricMatch(value: unknown): boolean {
    return this.#range.asymmetricMatch(value)
  }
  override toString(): string {
    return 'Between'
  }
}

describe.each([
  ['a class with private fields', Between],
  ["a class with private fields that extends Vitest's", BetweenOfBase],
])('matchers of %s', (_, Class) => {
  test('each ask for what they ask', () => {
    expect(numbers).toHaveRecords([{ n: new Class(0, 3) }, { n: new Class(5, 9) }])
    expect(numbers).toHaveRecords([{ n: new Class(5, 9) }, { n: new Class(0, 3) }])
    expect(
      failureOf(() => expect(numbers).toHaveRecords([{ n: new Class(0, 3) }, { n: new Class(8, 9) }])),
    ).toMatchInlineSnapshot(`
      "Arrow table: 1 row missing, 1 unexpected, 1 equal

        expected row 1 is missing: { n: Between }
        received row 1 is unexpected: { n: 7 }
      --- expected
      n
      Between
      … 1 equal row
      --- actual
      n
      7
      … 1 equal row"
    `)
  })

  test('ask alike where they are one', () => {
    const [one, other] = [new Class(0, 3), new Class(0, 3)]
    expect([askAlike(one, one), askAlike(one, other)]).toEqual([true, false])
  })
})

test("Vitest's own, and those of expect.extend, ask alike where they are made of the same", () => {
  expect.extend({ toBeNear: (n: number, to: number) => ({ pass: Math.abs(n - to) < 1, message: () => '' }) })
  const custom = expect as unknown as { toBeNear(to: number): unknown }
  const schema = { '~standard': { version: 1, vendor: 'test', validate: (value: unknown) => ({ value }) } } as const
  const another = { ...schema }
  const makers: readonly ((other: boolean) => unknown)[] = [
    (other) => expect.any(other ? String : Number),
    (other) => (other ? expect.any(Number) : expect.anything()),
    (other) => expect.arrayContaining([other]),
    (other) => expect.closeTo(Number(other)),
    (other) => custom.toBeNear(Number(other)),
    (other) => expect.schemaMatching(other ? another : schema),
    (other) => expect.stringContaining(String(other)),
    (other) => expect.stringMatching(other ? /a/ : /b/),
    (other) => (other ? expect.stringMatching(/a/) : expect.not.stringMatching(/a/)),
  ]
  const alike = (a: unknown, b: unknown) => askAlike(a as AsymmetricMatcher, b as AsymmetricMatcher)
  for (const make of makers) {
    expect([alike(make(true), make(true)), alike(make(true), make(false))], String(make)).toEqual([true, false])
  }
  const sample = { a: 1 }
  expect(alike(expect.objectContaining(sample), expect.objectContaining(sample))).toBe(true)
})
