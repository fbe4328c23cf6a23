import type { Permissions, Properties } from './common.ts'
import type { NamespaceLocator } from './namespace.ts'

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
