import { describe, expect, test } from 'vitest'
import { openCatalog } from '../../src/catalog/catalog.ts'
import { tidyError } from '../../src/vitest-plugin/tidy-error.ts'
import '../../src/vitest-plugin/vitest.ts'

const here = new URL('../../src', import.meta.url).pathname
const ours = `    at settle (file://${here}/catalog/store/store.ts:1:2)`
const test1 = '    at file:///project/tests/one.test.ts:3:4'
const place = '    at shop.orders (/project/shop.deltacat.yaml:5:7)'

describe('what is left out of an error', () => {
  const catalog = {}

  test('places in fixtures that the stack has too, and our lines between others', () => {
    const message = `shop.orders has 1 row\n\n${place}`
    const error = { message, stack: [`Error: ${message}`, test1, ours, ours, test1].join('\n') }
    tidyError(error, catalog)
    expect(error).toEqual({
      message: 'shop.orders has 1 row',
      stack: [`Error: ${message}`, test1, test1].join('\n'),
    })
  })

  test('not the lines of an error that arose here, nor lines of others', () => {
    const others = 'not ours:\n\n    at fetch (/project/client.ts:1:2)'
    const error = { message: others, stack: [`TypeError: ${others}`, ours, test1].join('\n') }
    const before = { ...error }
    tidyError(error, catalog)
    expect(error).toEqual({ ...before, stack: [`TypeError: ${others}`, ours, test1].join('\n') })
    const without = { message: 'no stack' }
    tidyError(without, catalog)
    expect(without).toEqual({ message: 'no stack' })
  })

  test('all but the start of a schema; not where two differ', () => {
    const schema = (last: string) => `"schema": "/////zABAAAQ${'A'.repeat(80)}${last}="`
    const error = { message: '', diff: `+ ${schema('x')}\n+ ${schema('x')}` }
    tidyError(error, catalog)
    expect(error.diff).toBe('+ "schema": "/////zABAAAQ…"\n+ "schema": "/////zABAAAQ…"')
    const two = { message: '', diff: `- ${schema('x')}\n+ ${schema('y')}` }
    tidyError(two, catalog)
    expect(two.diff).toBe(`- ${schema('x')}\n+ ${schema('y')}`)
  })
})

describe('what is added', () => {
  test('why matchers in another value did not accept an entity, each once, the last three', () => {
    const catalog = openCatalog(':memory:')
    catalog.createNamespace('n')
    const stream = catalog.createTableVersion('n', 't')
    const partition = catalog.commitPartition(catalog.stagePartition(stream))
    for (const count of [1, 2, 3, 4, 4]) expect(partition).not.toEqual(expect.toHaveRecordCount(count))
    expect(partition).toEqual(expect.toHaveRecordCount(0))
    expect(partition).not.toEqual(expect.not.toBeCommitted())
    const error = { message: 'not equal', diff: '- toHaveRecordCount<4>' }
    tidyError(error, catalog)
    expect(error.message).toBe(`not equal

  toHaveRecordCount: n.t/- has 0 rows; 2 rows were expected

  toHaveRecordCount: n.t/- has 0 rows; 3 rows were expected

  toHaveRecordCount: n.t/- has 0 rows; 4 rows were expected`)
    const negated = { message: 'expected {} to equal not.toBeCommitted<>' }
    tidyError(negated, catalog)
    expect(negated.message).toBe(`expected {} to equal not.toBeCommitted<>

  toBeCommitted: n.t/- is committed, and should not be committed`)
    catalog.close()
  })
})
