import type { JsonValue, Permissions } from './common.ts'
import type { JsonObject } from './json.ts'
import { asCopy, asObject, asText, orNull } from './json.ts'

/** Where a namespace stands: its name. */
export interface NamespaceLocator {
  readonly namespace: string
}

/** A group of tables. */
export interface Namespace {
  readonly locator: NamespaceLocator
  readonly permissions: Permissions | null
}

export function decodeNamespaceLocator(json: JsonValue | undefined): NamespaceLocator {
  return { namespace: asText(asObject(json, 'namespaceLocator').namespace, 'namespace') }
}

export function decodeNamespace(json: JsonObject): Namespace {
  return {
    locator: decodeNamespaceLocator(json.namespaceLocator),
    permissions: orNull(json.permissions, 'permissions', asCopy),
  }
}

export function encodeNamespace({ locator, permissions }: Namespace): JsonObject {
  return { namespaceLocator: { namespace: locator.namespace }, permissions }
}
