import type { Permissions } from './common.ts'

export interface NamespaceLocator {
  readonly namespace: string
}

/** A group of tables. */
export interface Namespace {
  readonly locator: NamespaceLocator
  readonly permissions: Permissions | null
}
