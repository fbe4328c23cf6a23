import type { Entity } from '../../../catalog/model/locators.ts'
import { compareRecords } from '../compare/compare.ts'
import { reportRecords } from '../message/records-report.ts'
import { toldApart, visible } from '../message/told-apart.ts'
import { linesOf } from './lines.ts'
import type { OutlineNode } from './outline.ts'

/** What differs between two outlines; no details: nothing. */
export interface OutlineDifference {
  /** One line for each thing that differs. */
  readonly details: readonly string[]
  /** Aligned lines: what differs, below the entities that it belongs to. */
  readonly actual: readonly string[]
  readonly expected: readonly string[]
  /** The expected entities that differ, or are missing. */
  readonly entities: readonly Entity[]
}

/** How many rows of one delta a difference shows. */
const ROWS = 10
const NOTHING: OutlineDifference = { details: [], actual: [], expected: [], entities: [] }

/** Compares two outlines, entity by entity. */
export function compareOutlines(received: OutlineNode, expected: OutlineNode): OutlineDifference {
  const own = merge([
    titleDifference(received, expected),
    factDifferences(received, expected),
    recordDifferences(received, expected),
  ])
  const entities = own.details.length > 0 && expected.entity !== null ? [expected.entity] : []
  const keys = new Set([...expected.children, ...received.children].map(({ key }) => key))
  const children = [...keys].map((key) => childDifference(received, expected, key))
  const all = merge([own, ...children])
  if (all.details.length === 0) return NOTHING
  return {
    details: all.details,
    actual: [received.title, ...all.actual.map(indented)],
    expected: [expected.title, ...all.expected.map(indented)],
    entities: [...entities, ...all.entities],
  }
}

function childDifference(received: OutlineNode, expected: OutlineNode, key: string): OutlineDifference {
  const [own, wanted] = [received, expected].map(({ children }) => children.find((child) => child.key === key))
  if (own !== undefined && wanted !== undefined) return compareOutlines(own, wanted)
  if (own !== undefined) return { ...NOTHING, details: [`${own.path}: unexpected ${own.title}`], actual: linesOf(own) }
  const { path, title, entity } = wanted!
  return {
    ...NOTHING,
    details: [`${path}: ${title} is missing`],
    expected: linesOf(wanted!),
    entities: entity === null ? [] : [entity],
  }
}

function titleDifference({ title }: OutlineNode, { path, title: wanted }: OutlineNode): OutlineDifference {
  if (title === wanted) return NOTHING
  const [expected, received] = bothTold(wanted, title)
  return { ...NOTHING, details: [`${path}: should be ${expected}, but is ${received}`] }
}

function factDifferences({ facts }: OutlineNode, { path, facts: wantedFacts }: OutlineNode): OutlineDifference {
  const [own, wanted] = [new Map(facts), new Map(wantedFacts)]
  const names = [...new Set([...wanted.keys(), ...own.keys()])].filter((name) => own.get(name) !== wanted.get(name))
  const line = (name: string, value: string | undefined) => (value === undefined ? [] : [`${name}: ${value}`])
  return {
    ...NOTHING,
    details: names.map((name) => {
      const values = bothTold(wanted.get(name) ?? '(none)', own.get(name) ?? '(none)')
      return `${path}: ${name}: ${values.join(' → ')}`
    }),
    actual: names.flatMap((name) => line(name, own.get(name))),
    expected: names.flatMap((name) => line(name, wanted.get(name))),
  }
}

/** A delta's rows count in their order, as it is what it stores. */
function recordDifferences({ records: own }: OutlineNode, { records: wanted, path }: OutlineNode): OutlineDifference {
  if (own === undefined || wanted === undefined) return NOTHING
  const options = { rows: 'all', order: 'strict', columns: 'exact', tolerance: null } as const
  const comparison = compareRecords(own.read(), { table: wanted.read(), patterns: new Map() }, options)
  if (comparison.equal) return NOTHING
  const report = reportRecords(comparison, {
    name: path,
    set: null,
    key: wanted.key,
    maxDiffs: ROWS,
    rows: 'all',
    placeOf: () => undefined,
  })
  return {
    ...NOTHING,
    details: [report.headline, ...report.details.map(indented)],
    actual: report.actual!.split('\n'),
    expected: report.expected!.split('\n'),
  }
}

/** Two texts such that a reader can tell them apart. */
function bothTold(...texts: [expected: string, received: string]): readonly [string, string] {
  const [expected, received] = texts.map(visible) as typeof texts
  const tell = toldApart([expected, received])
  return [tell(expected), tell(received)]
}

function merge(parts: readonly OutlineDifference[]): OutlineDifference {
  return {
    details: parts.flatMap(({ details }) => details),
    actual: parts.flatMap(({ actual }) => actual),
    expected: parts.flatMap(({ expected }) => expected),
    entities: parts.flatMap(({ entities }) => entities),
  }
}

function indented(line: string): string {
  return `  ${line}`
}
