import type { JsonValue, Permissions, Properties } from './common.ts'
import type { JsonObject } from './json.ts'
import { asCopy, asObject, asText, orNull } from './json.ts'
import type { NamespaceLocator } from './namespace.ts'
import { decodeNamespaceLocator } from './namespace.ts'

/** Where a table stands: its namespace and name. */
export interface TableLocator {
  readonly namespaceLocator: NamespaceLocator
  readonly tableName: string
}

/** A table: the name under which its versions stand. */
export interface Table {
  readonly locator: TableLocator
  readonly permissions: Permissions | null
  readonly description: string | null
  readonly properties: Properties | null
}

export function decodeTableLocator(json: JsonValue | undefined): TableLocator {
  const object = asObject(json, 'tableLocator')
  return {
    namespaceLocator: decodeNamespaceLocator(object.namespaceLocator),
    tableName: asText(object.tableName, 'tableName'),
  }
}

export function decodeTable(json: JsonObject): Table {
  return {
    locator: decodeTableLocator(json.tableLocator),
    permissions: orNull(json.permissions, 'permissions', asCopy),
    description: orNull(json.description, 'description', asText),
    properties: orNull(json.properties, 'properties', asCopy),
  }
}

export function encodeTableLocator({ namespaceLocator, tableName }: TableLocator): JsonObject {
  return { namespaceLocator: { namespace: namespaceLocator.namespace }, tableName }
}

export function encodeTable({ locator, permissions, description, properties }: Table): JsonObject {
  return { tableLocator: encodeTableLocator(locator), permissions, description, properties }
}
