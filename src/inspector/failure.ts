import { existsSync, readFileSync } from 'node:fs'
import type { FixtureIndex } from '../fixtures/index.ts'
import { emptyIndex } from '../fixtures/index.ts'
import type {
  ColumnView,
  ComparedRowView,
  ComparisonView,
  DifferenceView,
  FailureErrorView,
  FailureView,
} from './model.ts'

/** What is known of the test that left a catalog behind. */
export interface KeptFailure {
  readonly failure: FailureView | null
  readonly index: FixtureIndex
}

/**
 * Reads what the Vitest plugin left beside a kept `.db`: `<name>.failure.json`. What doesn't have the expected form is
 * left out; a report must not fail because of what is said beside a catalog.
 */
export function readFailure(database: string): KeptFailure {
  const path = database.replace(/\.db$/, '.failure.json')
  if (path === database || !existsSync(path)) return { failure: null, index: emptyIndex }
  let json: unknown
  try {
    json = JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return { failure: null, index: emptyIndex }
  }
  if (!isObject(json)) return { failure: null, index: emptyIndex }
  const failure: FailureView = {
    test: text(json.test) ?? 'a test',
    file: text(json.file) ?? '',
    errors: list(json.errors).flatMap((error) => errorOf(error) ?? []),
  }
  const index = isObject(json.index) && json.index.format === 1 ? (json.index as unknown as FixtureIndex) : emptyIndex
  return { failure, index }
}

function errorOf(json: unknown): FailureErrorView | null {
  if (!isObject(json)) return null
  return {
    message: text(json.message) ?? '',
    comparison: comparisonOf(json.comparison),
    differences: list(json.differences).flatMap((each) => differenceOf(each) ?? []),
    moreDifferences: count(json.moreDifferences),
  }
}

function differenceOf(json: unknown): DifferenceView | null {
  if (!isObject(json)) return null
  return { what: text(json.what) ?? '', expected: text(json.expected), actual: text(json.actual) }
}

function comparisonOf(json: unknown): ComparisonView | null {
  if (!isObject(json) || !isObject(json.counts) || !Array.isArray(json.rows) || !Array.isArray(json.columns))
    return null
  const { equal, changed, missing, unexpected } = json.counts
  return {
    subject: text(json.subject) ?? '',
    matcher: text(json.matcher) ?? 'toHaveRecords',
    columns: json.columns.flatMap((column) => columnOf(column) ?? []),
    key: list(json.key).flatMap((name) => text(name) ?? []),
    counts: { equal: count(equal), changed: count(changed), missing: count(missing), unexpected: count(unexpected) },
    rows: json.rows.flatMap((row) => rowOf(row) ?? []),
  }
}

const KINDS: readonly string[] = ['number', 'text', 'time', 'boolean', 'binary', 'nested', 'unknown']

function columnOf(json: unknown): ColumnView | null {
  if (!isObject(json)) return null
  const kind = text(json.kind) ?? 'unknown'
  return {
    name: text(json.name) ?? '',
    type: text(json.type) ?? '',
    kind: (KINDS.includes(kind) ? kind : 'unknown') as ColumnView['kind'],
  }
}

const ROW_KINDS: readonly string[] = ['equal', 'changed', 'missing', 'unexpected']

function rowOf(json: unknown): ComparedRowView | null {
  if (!isObject(json) || !ROW_KINDS.includes(text(json.kind) ?? '')) return null
  const source = text(json.source)
  return {
    kind: json.kind as ComparedRowView['kind'],
    actual: Array.isArray(json.actual) ? json.actual.map(text) : null,
    expected: Array.isArray(json.expected) ? json.expected.map(text) : null,
    different: list(json.different).filter((place) => typeof place === 'number'),
    ...(source !== null && { source }),
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function count(value: unknown): number {
  return typeof value === 'number' && value >= 0 ? value : 0
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
