import { describe, expect, it } from 'vitest'
import { isMap, isSeq, parseDocument } from 'yaml'
import { newSetSplice } from '../../src/vitest-plugin/new-set.ts'
import type { UpdatedRow } from '../../src/vitest-plugin/set-updates.ts'
import { type ListSource, spliced, splicesFor } from '../../src/vitest-plugin/splice.ts'

// The places of the list under `rows`, as the fixtures' index gives them.
function sourceIn(text: string): ListSource {
  const rows = parseDocument(text).getIn(['expected', 'now', 'rows'])
  if (!isSeq(rows)) throw new Error('no list')
  const lineStart = text.lastIndexOf('\n', rows.range![0]) + 1
  const line = text.slice(lineStart)
  return {
    list: { start: rows.range![0], end: rows.range![1] },
    rows: rows.items.map((row) => {
      const [start, end] = (row as { range: [number, number] }).range
      return { start, end: start + text.slice(start, end).trimEnd().length }
    }),
    style: rows.flow === true ? 'flow' : 'block',
    indent: line.length - line.trimStart().length,
  }
}

const keep = (from: number): UpdatedRow => ({ from, text: null })
const replace = (from: number, text: string): UpdatedRow => ({ from, text })
const add = (text: string): UpdatedRow => ({ from: null, text })
const update = (text: string, rows: readonly UpdatedRow[]): string =>
  spliced(text, splicesFor(text, sourceIn(text), rows))

const block = `# the shop
expected:
  now:
    of: shop.orders   # all of them
    rows:
      # the first
      - { id: 1, total: 10.50 }   # paid
      - id: 2
        big: 18446744073709551615

      - { id: 3 }
  then: { rows: [] }
`

const flow = `expected: { now: { rows: [{ id: 1 }, { id: 2, total: 1.00 },  { id: 3 }] } } # end
`

const lines = `expected:
  now:
    rows: [
      { id: 1 },   # one
      { id: 2 },
      { id: 3 },
    ]
`

describe('a list of rows', () => {
  it('stays as it is where nothing changed', () => {
    for (const text of [block, flow, lines]) expect(update(text, [keep(0), keep(1), keep(2)])).toBe(text)
  })

  it('has a row replaced, and nothing else', () => {
    expect(update(block, [replace(0, '{ id: 1, total: 9.00 }'), keep(1), keep(2)])).toBe(
      block.replace('{ id: 1, total: 10.50 }', '{ id: 1, total: 9.00 }'),
    )
    expect(update(block, [keep(0), replace(1, '{ id: 2, big: 1 }'), keep(2)])).toBe(
      block.replace('id: 2\n        big: 18446744073709551615', '{ id: 2, big: 1 }'),
    )
    expect(update(flow, [keep(0), replace(1, '{ id: 2 }'), keep(2)])).toBe(
      flow.replace('{ id: 2, total: 1.00 }', '{ id: 2 }'),
    )
    expect(update(lines, [keep(0), keep(1), replace(2, '{ id: 4 }')])).toBe(lines.replace('{ id: 3 }', '{ id: 4 }'))
  })

  it('loses rows with their lines or commas', () => {
    expect(update(block, [keep(1), keep(2)])).toBe(block.replace('      - { id: 1, total: 10.50 }   # paid\n', ''))
    expect(update(block, [keep(0), keep(2)])).toBe(
      block.replace('      - id: 2\n        big: 18446744073709551615\n', ''),
    )
    expect(update(block, [keep(0), keep(1)])).toBe(block.replace('      - { id: 3 }\n', ''))
    expect(update(flow, [keep(1), keep(2)])).toBe(flow.replace('{ id: 1 }, ', ''))
    expect(update(flow, [keep(0)])).toBe(flow.replace(', { id: 2, total: 1.00 },  { id: 3 }', ''))
    expect(update(lines, [keep(1), keep(2)])).toBe(lines.replace('{ id: 1 },   # one\n      ', ''))
    expect(update(lines, [keep(0), keep(1)])).toBe(lines.replace(',\n      { id: 3 }', ''))
    expect(update(flow, [])).toBe('expected: { now: { rows: [] } } # end\n')
    expect(update(lines, [])).toBe('expected:\n  now:\n    rows: []\n')
    expect(update(block, [])).toContain('      # the first\n      []\n  then: { rows: [] }\n')
  })

  it('gains rows after the last', () => {
    const rows = [keep(0), keep(1), keep(2), add('{ id: 4 }'), add('{ id: 5 }')]
    expect(update(block, rows)).toBe(block.replace('{ id: 3 }\n', '{ id: 3 }\n      - { id: 4 }\n      - { id: 5 }\n'))
    expect(update(flow, rows)).toBe(flow.replace('{ id: 3 }]', '{ id: 3 }, { id: 4 }, { id: 5 }]'))
    expect(update(lines, rows)).toBe(lines.replace('{ id: 3 }', '{ id: 3 },\n      { id: 4 },\n      { id: 5 }'))
    expect(update('expected: { now: { rows: [] } }', [add('{ id: 1 }')])).toBe(
      'expected: { now: { rows: [{ id: 1 }] } }',
    )
  })

  it('does all of it at once', () => {
    expect(update(block, [replace(1, '{ id: 2 }'), add('{ id: 4 }')])).toBe(`# the shop
expected:
  now:
    of: shop.orders   # all of them
    rows:
      # the first
      - { id: 2 }

      - { id: 4 }
  then: { rows: [] }
`)
    expect(update(flow, [keep(0), add('{ id: 4 }')])).toBe(
      flow.replace(', { id: 2, total: 1.00 },  { id: 3 }', ', { id: 4 }'),
    )
  })

  it('is written anew for another order', () => {
    expect(update(flow, [keep(2), keep(0), add('{ id: 4 }')])).toBe(
      'expected: { now: { rows: [{ id: 3 }, { id: 1 }, { id: 4 }] } } # end\n',
    )
    expect(update(block, [keep(2), replace(1, '{ id: 2 }'), keep(0)])).toContain(
      '\n      - { id: 3 }\n      - { id: 2 }\n      - { id: 1, total: 10.50 }\n',
    )
  })
})

describe('a new set', () => {
  const set = {
    file: '',
    set: 'norway now',
    of: 'shop.orders/norway#fix',
    source: null,
    rows: [add('{ id: 1 }'), add('{ id: 2 }')],
  }
  const written = (text: string): string => spliced(text, [newSetSplice(text, [set])])
  const entry = (indent: string): string => `${indent}norway now:
${indent}  of: "shop.orders/norway#fix"
${indent}  rows:
${indent}    - { id: 1 }
${indent}    - { id: 2 }
`

  it('comes last in the section that is there', () => {
    const text = `expected:\n    then:\n        rows: []   # none\n\n# the end\n`
    expect(written(text)).toBe(`expected:\n    then:\n        rows: []   # none\n${entry('    ')}\n# the end\n`)
    expect(written('expected:\n  then: { rows: [] }')).toBe(`expected:\n  then: { rows: [] }\n${entry('  ')}`)
    expect(written('expected: { then: { rows: [] } }\n')).toBe(
      'expected: { then: { rows: [] }, "norway now": { of: "shop.orders/norway#fix", rows: [{ id: 1 }, { id: 2 }] } }\n',
    )
  })

  it('brings the section that is not', () => {
    expect(written('namespaces: {}\n# the end\n')).toBe(`namespaces: {}\n# the end\nexpected:\n${entry('  ')}`)
    expect(written('expected:\nnamespaces: {}\n')).toBe(`expected:\n${entry('  ')}namespaces: {}\n`)
    expect(written('expected: {}\n')).toBe(`expected:\n${entry('  ')}`)
  })

  it('reads back as what was written', () => {
    for (const text of [
      '',
      'namespaces: {}',
      'expected: {}',
      'expected:\n  a: { rows: [] }\n',
      'expected: { a: { rows: [] } }',
    ]) {
      const document = parseDocument(written(text))
      expect(document.errors).toEqual([])
      expect(isMap(document.contents) && document.toJS().expected['norway now']).toEqual({
        of: 'shop.orders/norway#fix',
        rows: [{ id: 1 }, { id: 2 }],
      })
    }
  })
})
