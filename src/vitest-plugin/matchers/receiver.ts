import type { Catalog } from '../../catalog/catalog.ts'
import { catalogOf } from '../../catalog/catalog.ts'
import { CatalogError } from '../../catalog/errors.ts'
import type { Delta } from '../../catalog/model/delta.ts'
import type { Entity } from '../../catalog/model/locators.ts'
import type { Namespace } from '../../catalog/model/namespace.ts'
import type { Partition } from '../../catalog/model/partition.ts'
import type { Stream } from '../../catalog/model/stream.ts'
import type { Table } from '../../catalog/model/table.ts'
import type { TableVersion } from '../../catalog/model/table-version.ts'
import { isRecordBatch, isSchema, isTable } from '../../catalog/records/arrow.ts'
import { shown } from '../../catalog/records/invalid.ts'

/** An entity with the catalog that returned it. */
export type CatalogEntity =
  | Owned<'namespace', Namespace>
  | Owned<'table', Table>
  | Owned<'version', TableVersion>
  | Owned<'stream', Stream>
  | Owned<'partition', Partition>
  | Owned<'delta', Delta>

interface Owned<Kind extends string, E> {
  readonly kind: Kind
  readonly entity: E
  readonly catalog: Catalog
}

export type EntityKind = CatalogEntity['kind']

/** How each kind is called in messages, and the call that returns one. */
const kinds: Readonly<Record<EntityKind, readonly [name: string, call: string]>> = {
  namespace: ['namespace', 'catalog.getNamespace()'],
  table: ['table', 'catalog.getTable()'],
  version: ['table version', 'catalog.getTableVersion()'],
  stream: ['stream', 'catalog.getStream()'],
  partition: ['partition', 'catalog.getPartition()'],
  delta: ['delta', 'catalog.getDelta()'],
}

/** The received value as an entity of one of these kinds; `undefined` for anything else. */
export function entityOf<Kind extends EntityKind>(
  received: unknown,
  wanted: readonly Kind[],
): Extract<CatalogEntity, { kind: Kind }> | undefined {
  if (typeof received !== 'object' || received === null) return undefined
  const catalog = catalogOf(received as Entity)
  const kind = catalog === undefined ? undefined : kindOf((received as Entity).locator)
  if (kind === undefined || !wanted.includes(kind as Kind)) return undefined
  return { kind, entity: received, catalog } as Extract<CatalogEntity, { kind: Kind }>
}

/** What kind of entity a locator is of; `undefined` if it is none. */
function kindOf(locator: unknown): EntityKind | undefined {
  if (typeof locator !== 'object' || locator === null) return undefined
  if ('partitionLocator' in locator) return 'delta'
  if ('partitionId' in locator) return 'partition'
  if ('streamId' in locator) return 'stream'
  if ('tableVersion' in locator) return 'version'
  if ('tableName' in locator) return 'table'
  return 'namespace' in locator ? 'namespace' : undefined
}

/** What a matcher takes, and what it was given instead. */
export interface WrongReceiver {
  readonly matcher: string
  readonly wanted: readonly EntityKind[]
  /** Also Arrow tables. */
  readonly tables: boolean
  readonly received: unknown
}

/** The error that says what was given, why that can't do, and how to get what the matcher needs. */
export function wrongReceiver(wrong: WrongReceiver): CatalogError {
  const { matcher, wanted, tables, received } = wrong
  const names = [...wanted.map((kind) => kinds[kind][0]), ...(tables ? ['Arrow table'] : [])]
  const needs = `${matcher} needs ${article(names[0]!)} ${listed(names)}`
  return new CatalogError('invalid-argument', `${needs}, not ${described(received)}; ${advice(wrong)}.`)
}

function described(received: unknown): string {
  if (received === undefined || received === null) return String(received)
  if (typeof received === 'string') return `the text ${shown(received)}`
  if (typeof received !== 'object') return typeof received === 'function' ? 'a function' : shown(received)
  if (isSchema(received)) return 'an Arrow schema'
  if (isTable(received) || isRecordBatch(received)) return 'an Arrow table'
  if (isCatalog(received)) return 'a catalog'
  if (isPromise(received)) return 'a promise'
  if (isList(received)) return 'a list of entities'
  if (Array.isArray(received)) return `an array of ${received.length}`
  const own = kindOf((received as { locator?: unknown }).locator)
  if (own !== undefined) return `${catalogOf(received as Entity) === undefined ? 'a copy of ' : ''}a ${kinds[own][0]}`
  const locator = kindOf(received)
  return locator === undefined ? shown(received) : `the locator of a ${kinds[locator][0]}`
}

function advice({ wanted, tables, received }: WrongReceiver): string {
  const calls = listed(wanted.map((kind) => kinds[kind][1]))
  if (received === undefined || received === null) return `a call such as ${calls} returns null where nothing is found`
  if (typeof received === 'string') {
    const finder = wanted.includes('partition') ? 'partition' : wanted[0]
    return `the test's fixture finds entities by their paths: fixture.${finder}(${shown(received)})`
  }
  if (isPromise(received)) return 'await it, or write await expect(…).resolves'
  if (isList(received)) return 'its entities are in .allItems(): expect one of them'
  if (Array.isArray(received) && tables)
    return 'plain rows can be compared with toEqual, and tableFromRows makes a table'
  if (typeof received === 'object') {
    const copied = kindOf((received as { locator?: unknown }).locator)
    if (copied !== undefined && catalogOf(received as Entity) === undefined) {
      return `a catalog knows the very objects that it returned: pass that object on, or get it again from ${kinds[copied][1]}`
    }
    const pointed = kindOf(received)
    if (pointed !== undefined) return `get the ${kinds[pointed][0]} itself from ${kinds[pointed][1]}`
  }
  return `get one from ${calls}`
}

export function isCatalog(value: unknown): value is Catalog {
  return typeof value === 'object' && value !== null && Object.prototype.toString.call(value) === '[object Catalog]'
}

function isPromise(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}

function isList(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'allItems' in value && typeof value.allItems === 'function'
}

function article(noun: string): string {
  return /^[aeiou]/i.test(noun) ? 'an' : 'a'
}

/** `a, b or c` */
function listed(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}
