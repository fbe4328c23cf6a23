import { hash } from '../../door/crypto.ts'
import { CatalogError } from '../errors.ts'
import type { Delta, DeltaLocator } from './delta.ts'
import type { Namespace, NamespaceLocator } from './namespace.ts'
import type { Partition, PartitionLocator } from './partition.ts'
import { formatName, formatValues } from './path-names.ts'
import { pythonText } from './python-text.ts'
import type { Stream, StreamLocator } from './stream.ts'
import type { Table, TableLocator } from './table.ts'
import type { TableVersion, TableVersionLocator } from './table-version.ts'

/** Where an entity stands. */
export type Locator =
  | NamespaceLocator
  | TableLocator
  | TableVersionLocator
  | StreamLocator
  | PartitionLocator
  | DeltaLocator

/** Anything that a catalog returns one of. */
export type Entity = Namespace | Table | TableVersion | Stream | Partition | Delta

/**
 * The text that identifies an entity or locator in the file, as DeltaCAT writes it: the SHA-1 digest of the parent's
 * text, then the entity's own parts. Two are equal if and only if their canonical strings are.
 *
 * Throws `invalid-argument` for anything else, and where a name or a partition value holds a lone surrogate, which UTF-8
 * can't express.
 */
export function canonicalString(of: Entity | Locator): string {
  const locator = locatorOf(of)
  if ('streamPosition' in locator) return `${hexDigest(locator.partitionLocator)}|${locator.streamPosition ?? 'None'}`
  if ('partitionId' in locator) {
    return `${hexDigest(locator.streamLocator)}|${pythonText(locator.partitionValues)}|${locator.partitionId}`
  }
  if ('streamId' in locator) {
    return `${hexDigest(locator.tableVersionLocator)}|${locator.streamId}|${locator.storageType}`
  }
  if ('tableVersion' in locator) return `${hexDigest(locator.tableLocator)}|${locator.tableVersion}`
  if ('tableName' in locator) return `${hexDigest(locator.namespaceLocator)}|${locator.tableName}`
  if (typeof locator.namespace === 'string') return locator.namespace
  throw noLocator()
}

function locatorOf(of: Entity | Locator): Locator {
  if (typeof of !== 'object' || of === null) throw noLocator()
  const locator = 'locator' in of ? of.locator : of
  if (typeof locator !== 'object' || locator === null) throw noLocator()
  return locator
}

function noLocator(): CatalogError {
  const message = 'What was given is neither an entity nor a locator; give one that a call of the catalog returned.'
  return new CatalogError('invalid-argument', message)
}

/** The SHA-1 digest of the canonical string, in hexadecimal: a short and stable name for an entity or locator. */
export function hexDigest(of: Entity | Locator): string {
  return digestText(canonicalString(of))
}

/** The SHA-1 digest of a text in UTF-8, in hexadecimal. */
export function digestText(text: string): string {
  const known = digests.get(text)
  if (known !== undefined) return known
  if (!text.isWellFormed()) {
    throw new CatalogError(
      'invalid-argument',
      `${JSON.stringify(text)} holds a lone surrogate, which has no UTF-8 form; use well-formed text.`,
    )
  }
  const digest = hash('sha1', text, 'hex')
  if (digests.size >= MOST_DIGESTS) digests.clear()
  digests.set(text, digest)
  return digest
}

/** Those of the last texts: every call asks for the parents of what it is about, which are always the same few. */
const digests = new Map<string, string>()
const MOST_DIGESTS = 1000

/** What the locators of a partition's deltas begin with. `partition` is the partition's stored locator. */
export function deltaPrefix(partition: string): string {
  return `${digestText(partition)}|`
}

/** The place of an entity as people write it, and as fixtures' paths do: `shop.orders@1/NO#1700000001000`. */
export function placeOf(of: Entity | Locator): string {
  const locator = 'locator' in of ? of.locator : of
  if ('streamPosition' in locator) return `${placeOf(locator.partitionLocator)}#${locator.streamPosition}`
  if ('partitionId' in locator) {
    return `${placeOf(locator.streamLocator)}/${formatValues(locator.partitionValues)}`
  }
  if ('streamId' in locator) return placeOf(locator.tableVersionLocator)
  if ('tableVersion' in locator) return `${placeOf(locator.tableLocator)}@${locator.tableVersion}`
  if ('tableName' in locator) return `${placeOf(locator.namespaceLocator)}.${formatName(locator.tableName)}`
  return formatName(locator.namespace)
}
