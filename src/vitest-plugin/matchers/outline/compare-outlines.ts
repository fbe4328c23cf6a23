import type { Entity } from '../../../catalog/model/locators.ts'
import type { Difference } from '../../findings.ts'
import { compareRecords } from '../compare/compare.ts'
import { reportRecords } from '../message/records-report.ts'
import { rowDifferences } from '../message/row-line.ts'
import { toldApart, visible } from '../message/told-apart.ts'
import { linesOf } from './lines.ts'
import type { OutlineNode } from './outline.ts'

/** What differs between two outlines; no details: nothing. */
export interface OutlineDifference {
  /** One line for each thing that differs. */
  readonly details: readonly string[]
  /** The same, expected beside actual; `left`: how many rows that differ are not among them. */
  readonly differences: readonly Difference[]
  readonly left: number
  /** Aligned lines: what differs, below the entities that it belongs to. */
  readonly actual: readonly string[]
  readonly expected: readonly string[]
  /** The expected entities that differ, or are missing. */
  readonly entities: readonly Entity[]
}

/** How many rows of one delta a difference shows. */
const ROWS = 10
const NONE = '(none)'
const NOTHING: OutlineDifference = {
  details: [],
  differences: [],
  left: 0,
  actual: [],
  expected: [],
  entities: [],
}

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
    ...all,
    actual: [received.title, ...all.actual.map(indented)],
    expected: [expected.title, ...all.expected.map(indented)],
    entities: [...entities, ...all.entities],
  }
}

function childDifference(received: OutlineNode, expected: OutlineNode, key: string): OutlineDifference {
  const [own, wanted] = [received, expected].map(({ children }) => children.find((child) => child.key === key))
  if (own !== undefined && wanted !== undefined) return compareOutlines(own, wanted)
  if (own !== undefined) {
    return {
      ...NOTHING,
      details: [`${own.path}: unexpected ${own.title}`],
      differences: [{ what: own.path, expected: null, actual: own.title }],
      actual: linesOf(own),
    }
  }
  const { path, title, entity } = wanted!
  return {
    ...NOTHING,
    details: [`${path}: ${title} is missing`],
    differences: [{ what: path, expected: title, actual: null }],
    expected: linesOf(wanted!),
    entities: entity === null ? [] : [entity],
  }
}

function titleDifference({ title }: OutlineNode, { path, title: wanted }: OutlineNode): OutlineDifference {
  if (title === wanted) return NOTHING
  const [expected, actual] = bothTold(wanted, title)
  return {
    ...NOTHING,
    details: [`${path}: should be ${expected}, but is ${actual}`],
    differences: [{ what: path, expected, actual }],
  }
}

function factDifferences({ facts }: OutlineNode, { path, facts: wantedFacts }: OutlineNode): OutlineDifference {
  const [own, wanted] = [new Map(facts), new Map(wantedFacts)]
  const names = [...new Set([...wanted.keys(), ...own.keys()])].filter((name) => own.get(name) !== wanted.get(name))
  const line = (name: string, value: string | undefined) => (value === undefined ? [] : [`${name}: ${value}`])
  const told = names.map((name) => [name, ...bothTold(wanted.get(name) ?? NONE, own.get(name) ?? NONE)] as const)
  return {
    ...NOTHING,
    details: told.map(([name, expected, actual]) => `${path}: ${name}: ${expected} → ${actual}`),
    differences: told.map(([name, expected, actual]) => ({
      what: `${path}: ${name}`,
      expected: wanted.has(name) ? expected : null,
      actual: own.has(name) ? actual : null,
    })),
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
  const { counts, rows } = report.difference
  const differences = [...report.differences!, ...rows.flatMap((row) => rowDifferences(report.difference, row))]
  return {
    ...NOTHING,
    differences: differences.map((each) => ({ ...each, what: `${path}: ${each.what}` })),
    left: counts.changed + counts.missing + counts.unexpected - rows.length,
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
    differences: parts.flatMap(({ differences }) => differences),
    left: parts.reduce((sum, { left }) => sum + left, 0),
    actual: parts.flatMap(({ actual }) => actual),
    expected: parts.flatMap(({ expected }) => expected),
    entities: parts.flatMap(({ entities }) => entities),
  }
}

function indented(line: string): string {
  return `  ${line}`
}
