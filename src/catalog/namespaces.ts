import { checkJsonObject, checkName, checkOptionalJson, listed } from './arguments.ts'
import type { Context, Implementation } from './context.ts'
import { fail } from './context.ts'
import type { Permissions } from './model/common.ts'
import type { ListResult } from './model/list-result.ts'
import type { Namespace } from './model/namespace.ts'
import { decodeNamespace, encodeNamespace } from './model/namespace.ts'
import type { PageOptions } from './paging.ts'
import { pageOf } from './paging.ts'
import type { Codec, Stored } from './rows.ts'
import { findStored, insertEntity, listEntities, listStored, updateEntity } from './rows.ts'

/** What `updateNamespace` changes; `undefined` keeps, `null` clears. */
export interface NamespaceChange {
  /** Free JSON by key; replaced as a whole. */
  readonly permissions?: Permissions | null
  /** Not supported: locators of everything below contain the name. */
  readonly newNamespace?: string | null
}

/** The calls about namespaces. */
export interface NamespaceCalls {
  /** The namespaces, in the order in which they were created. */
  listNamespaces(options?: PageOptions): ListResult<Namespace>
  /** Creates a namespace, and with the first one the file's tables. One that is there is returned unchanged. */
  createNamespace(namespace: string, permissions?: Permissions | null): Namespace
  /** Replaces a namespace's permissions. Throws `not-found`; `unsupported` for a new name. */
  updateNamespace(namespace: string, change?: NamespaceChange): void
  /** The namespace, or `null` if there is none of that name. */
  getNamespace(namespace: string): Namespace | null
  /** Whether there is a namespace of that name. */
  namespaceExists(namespace: string): boolean
}

const CODEC: Codec<Namespace> = { table: 'namespaces', decode: decodeNamespace, encode: encodeNamespace }

export const namespaceCalls: Implementation<NamespaceCalls> = {
  listNamespaces: (context, options) =>
    pageOf(context, options, {
      list: ['listNamespaces'],
      holder: () => '',
      read: (...page) => listEntities(context, CODEC, ...page),
    }),

  createNamespace(context, namespace, permissions = {}) {
    const locator = checkName(namespace, 'namespace')
    const given = permissions === null ? null : checkJsonObject(permissions, 'permissions')
    const entity: Namespace = { locator: { namespace }, permissions: given }
    return context.store.write(() => {
      context.store.createTables()
      return findStored(context, CODEC, locator)?.entity ?? insertEntity(context, CODEC, locator, null, entity)
    })
  },

  updateNamespace(context, namespace, { permissions, newNamespace } = {}) {
    checkName(namespace, 'namespace')
    if (newNamespace !== undefined && newNamespace !== null) {
      throw fail(
        'unsupported',
        `Namespace ${JSON.stringify(namespace)} cannot be renamed; create one with the new name.`,
      )
    }
    const given = checkOptionalJson(permissions, 'permissions')
    context.store.write(() => {
      const stored = requireNamespace(context, namespace)
      if (given !== undefined) updateEntity(context, CODEC, stored, { ...stored.entity, permissions: given })
    })
  },

  getNamespace: (context, namespace) => findNamespace(context, namespace)?.entity ?? null,

  namespaceExists: (context, namespace) => findNamespace(context, namespace) !== null,
}

function findNamespace(context: Context, namespace: string): Stored<Namespace> | null {
  return findStored(context, CODEC, checkName(namespace, 'namespace'))
}

/** The namespace. Throws `not-found` if there is none of that name. */
export function requireNamespace(context: Context, namespace: string): Stored<Namespace> {
  const stored = findNamespace(context, namespace)
  if (stored !== null) return stored
  const names = listStored(context, CODEC, '').map(({ item }) => item.entity.locator.namespace)
  const there = listed(names, 'no namespace')
  throw fail('not-found', `There is no namespace ${JSON.stringify(namespace)}; the catalog has ${there}.`)
}
