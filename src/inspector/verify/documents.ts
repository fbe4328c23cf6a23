import { CatalogError } from '../../catalog/index.ts'
import { decodeDelta } from '../../catalog/model/delta.ts'
import { parseDocument } from '../../catalog/model/document.ts'
import { DocumentError, type JsonObject } from '../../catalog/model/json.ts'
import { canonicalString, digestText, type Entity, type Locator, placeOf } from '../../catalog/model/locators.ts'
import { decodeNamespace } from '../../catalog/model/namespace.ts'
import { decodePartition } from '../../catalog/model/partition.ts'
import { decodeStream } from '../../catalog/model/stream.ts'
import { decodeTable } from '../../catalog/model/table.ts'
import { decodeTableVersion } from '../../catalog/model/table-version.ts'
import { type Finding, finding } from './codes.ts'
import type { EntityTable, RawRow } from './rows.ts'

/** A row whose document is what it should be, or what is wrong with it. */
export type Checked<E extends Entity> =
  | {
      readonly entity: E
      readonly json: JsonObject
      readonly locator: string
      readonly parent: string
      readonly place: string
    }
  | { readonly findings: readonly Finding[] }

interface Reader<E extends Entity> {
  readonly table: EntityTable
  readonly decode: (json: JsonObject) => E
  /** The parent's locator; `null` of a namespace. */
  readonly parentOf: (entity: E) => Locator | null
  /** What the key ends with, behind the parent's digest. */
  readonly ownPart: (entity: E) => string
}

export const readers = {
  namespaces: reader(
    'namespaces',
    decodeNamespace,
    () => null,
    ({ locator }) => locator.namespace,
  ),
  tables: reader(
    'tables',
    decodeTable,
    ({ locator }) => locator.namespaceLocator,
    ({ locator }) => locator.tableName,
  ),
  versions: reader(
    'table_versions',
    decodeTableVersion,
    ({ locator }) => locator.tableLocator,
    ({ locator }) => locator.tableVersion,
  ),
  streams: reader(
    'streams',
    decodeStream,
    ({ locator }) => locator.tableVersionLocator,
    ({ locator }) => `${locator.streamId}|${locator.storageType}`,
  ),
  partitions: reader(
    'partitions',
    decodePartition,
    ({ locator }) => locator.streamLocator,
    ({ locator }) => locator.partitionId,
  ),
  deltas: reader(
    'deltas',
    (json) => decodeDelta(json, true),
    ({ locator }) => locator.partitionLocator,
    ({ locator }) => String(locator.streamPosition),
  ),
}

function reader<E extends Entity>(
  table: EntityTable,
  decode: Reader<E>['decode'],
  parentOf: Reader<E>['parentOf'],
  ownPart: Reader<E>['ownPart'],
): Reader<E> {
  return { table, decode, parentOf, ownPart }
}

/** Values that make a decoder refuse a document, by the codes that name them better than `wrong-shape`. */
const named = [
  [/^state is /, 'unknown-state'],
  [/^lifecycleState is /, 'unknown-lifecycle'],
  [/^type is /, 'unknown-type'],
  [/osition (is|has) |osition is no safe integer/, 'bad-position'],
  [/^the document is /, 'not-json'],
] as const

/** Reads one row: its key, its document, and whether the key is the document's. */
export function checkRow<E extends Entity>({ table, decode, parentOf, ownPart }: Reader<E>, row: RawRow): Checked<E> {
  const { locator, parent, value } = row
  if (typeof locator !== 'string' || typeof parent !== 'string') {
    const shown = typeof locator === 'string' ? locator : null
    const which = typeof locator === 'string' ? 'parent' : 'key'
    return {
      findings: [
        finding(
          'null-locator',
          table,
          shown,
          shown ?? table,
          `The row’s ${which} is ${kindOf(which === 'key' ? locator : parent)}.`,
        ),
      ],
    }
  }
  let json: JsonObject
  let entity: E
  try {
    if (typeof value !== 'string') throw new DocumentError(`the document is ${kindOf(value)}`)
    json = parseDocument(value)
    entity = decode(json)
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error
    const code = named.find(([pattern]) => pattern.test(error.message))?.[1] ?? 'wrong-shape'
    return { findings: [finding(code, table, locator, locator, `${capital(error.message)}.`)] }
  }
  const place = placeOf(entity)
  const above = parentOf(entity)
  // A staged delta's row doesn't name its partition: deltas' keys are looked at beside their partitions.
  const wrong =
    above === null || table === 'deltas' ? null : keyFinding(table, locator, parent, place, above, ownPart(entity))
  return wrong === null ? { entity, json, locator, parent, place } : { findings: [wrong] }
}

function keyFinding(
  table: EntityTable,
  locator: string,
  parent: string,
  place: string,
  above: Locator,
  own: string,
): Finding | null {
  if (parent !== canonical(above)) {
    return finding(
      'parent-mismatch',
      table,
      locator,
      place,
      `The row stands under ${parent}, its document under ${canonical(above)}.`,
    )
  }
  const start = `${digestText(parent)}|`
  // A partition's middle part is Python's text of its values: Unicode's versions differ there, so the ends decide.
  const [fits, expected] =
    table === 'partitions'
      ? [locator.startsWith(start) && locator.endsWith(`|${own}`), `${start}…|${own}`]
      : [locator === start + own, start + own]
  return fits
    ? null
    : finding('locator-mismatch', table, locator, place, `The key is ${locator}; the document gives ${expected}.`)
}

function canonical(locator: Locator): string {
  try {
    return canonicalString(locator)
  } catch (error) {
    if (error instanceof CatalogError) return '(no key: a lone surrogate)'
    throw error
  }
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return value instanceof Uint8Array ? 'bytes' : `a ${typeof value}`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
