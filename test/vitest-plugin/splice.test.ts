import { describe, expect, it } from 'vitest'
import { isMap, isSeq, parseDocument } from 'yaml'
import type { RowEdit } from '../../src/vitest-plugin/matchers/update.ts'
import { newSetSplice } from '../../src/vitest-plugin/new-set.ts'
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

const replace = (row: number, text: string): RowEdit => ({ kind: 'replace', row, text })
const remove = (row: number): RowEdit => ({ kind: 'remove', row })
const insert = (row: number, text: string): RowEdit => ({ kind: 'insert', row, text })
const windows = (text: string): string => text.replaceAll('\n', '\r\n')
/** What the edits make of a text, after a look that they make the same of it where its lines end as on Windows. */
const update = (text: string, ...edits: readonly RowEdit[]): string => {
  const [made, madeThere] = [text, windows(text)].map((each) =>
    spliced(each, splicesFor(each, sourceIn(each), edits)),
  ) as [string, string]
  expect(madeThere).toBe(windows(made))
  return made
}

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
  it('has a row replaced, and nothing else', () => {
    expect(update(block, replace(0, '{ id: 1, total: 9.00 }'))).toBe(
      block.replace('{ id: 1, total: 10.50 }', '{ id: 1, total: 9.00 }'),
    )
    expect(update(block, replace(1, '{ id: 2, big: 1 }'))).toBe(
      block.replace('id: 2\n        big: 18446744073709551615', '{ id: 2, big: 1 }'),
    )
    expect(update(flow, replace(1, '{ id: 2 }'))).toBe(flow.replace('{ id: 2, total: 1.00 }', '{ id: 2 }'))
    expect(update(lines, replace(2, '{ id: 4 }'))).toBe(lines.replace('{ id: 3 }', '{ id: 4 }'))
  })

  it('loses rows with their lines or commas', () => {
    expect(update(block, remove(0))).toBe(block.replace('      - { id: 1, total: 10.50 }   # paid\n', ''))
    expect(update(block, remove(1))).toBe(block.replace('      - id: 2\n        big: 18446744073709551615\n', ''))
    expect(update(block, remove(2))).toBe(block.replace('      - { id: 3 }\n', ''))
    expect(update(block, remove(0), remove(1))).toContain('      # the first\n\n      - { id: 3 }\n')
    expect(update(flow, remove(0))).toBe(flow.replace('{ id: 1 }, ', ''))
    expect(update(flow, remove(0), remove(1))).toBe(flow.replace('{ id: 1 }, { id: 2, total: 1.00 },  ', ''))
    expect(update(flow, remove(1), remove(2))).toBe(flow.replace(', { id: 2, total: 1.00 },  { id: 3 }', ''))
    expect(update(lines, remove(0))).toBe(lines.replace('{ id: 1 },   # one\n      ', ''))
    expect(update(lines, remove(2))).toBe(lines.replace(',\n      { id: 3 }', ''))
  })

  it('loses all its rows', () => {
    const all = [remove(0), remove(1), remove(2)]
    expect(update(flow, ...all)).toBe('expected: { now: { rows: [] } } # end\n')
    expect(update(lines, ...all)).toBe('expected:\n  now:\n    rows: []\n')
    expect(update(block, ...all)).toContain('      # the first\n      []\n  then: { rows: [] }\n')
    expect(update(block, ...all, insert(3, '{ id: 4 }'), insert(3, '{ id: 5 }'))).toContain(
      '      # the first\n      - { id: 4 }\n      - { id: 5 }\n  then: { rows: [] }\n',
    )
  })

  it('gains rows after the last', () => {
    const edits = [insert(3, '{ id: 4 }'), insert(3, '{ id: 5 }')]
    expect(update(block, ...edits)).toBe(
      block.replace('{ id: 3 }\n', '{ id: 3 }\n      - { id: 4 }\n      - { id: 5 }\n'),
    )
    expect(update(flow, ...edits)).toBe(flow.replace('{ id: 3 }]', '{ id: 3 }, { id: 4 }, { id: 5 }]'))
    expect(update(lines, ...edits)).toBe(lines.replace('{ id: 3 }', '{ id: 3 },\n      { id: 4 },\n      { id: 5 }'))
    expect(update('expected: { now: { rows: [] } }', insert(0, '{ id: 1 }'))).toBe(
      'expected: { now: { rows: [{ id: 1 }] } }',
    )
  })

  it('gains rows between others', () => {
    const edits = [insert(1, '{ id: 4 }'), insert(1, '{ id: 5 }')]
    expect(update(block, ...edits)).toBe(
      block.replace('      - id: 2', '      - { id: 4 }\n      - { id: 5 }\n      - id: 2'),
    )
    expect(update(flow, ...edits)).toBe(flow.replace('{ id: 2,', '{ id: 4 }, { id: 5 }, { id: 2,'))
    expect(update(lines, ...edits)).toBe(lines.replace('{ id: 2 }', '{ id: 4 },\n      { id: 5 },\n      { id: 2 }'))
  })

  it('does all of it at once', () => {
    expect(update(block, remove(0), replace(1, '{ id: 2 }'), remove(2), insert(3, '{ id: 4 }'))).toBe(`# the shop
expected:
  now:
    of: shop.orders   # all of them
    rows:
      # the first
      - { id: 2 }

      - { id: 4 }
  then: { rows: [] }
`)
    expect(update(flow, remove(1), remove(2), insert(3, '{ id: 4 }'), insert(3, '{ id: 5 }'))).toBe(
      flow.replace('{ id: 2, total: 1.00 },  { id: 3 }', '{ id: 4 }, { id: 5 }'),
    )
  })
})

describe('a new set', () => {
  const set = { set: 'norway now', of: 'shop.orders/norway#fix', schema: [], rows: ['{ id: 1 }', '{ id: 2 }'] }
  const written = (text: string): string => {
    const [made, madeThere] = [text, windows(text)].map((each) => spliced(each, [newSetSplice(each, [set])]))
    // A text without a line has none that ends as on Windows.
    if (text.includes('\n')) expect(madeThere).toBe(windows(made!))
    return made!
  }
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
