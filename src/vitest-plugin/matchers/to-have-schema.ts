import type { Schema } from 'apache-arrow'
import { CatalogError } from '../../catalog/errors.ts'
import { isSchema, isTable } from '../../catalog/records/arrow.ts'
import { shown } from '../../catalog/records/invalid.ts'
import { formatField, parseField } from '../../catalog/records/schema.ts'
import type { MatcherContext, MatcherResult } from './context.ts'
import { type EntityName, nameEntity } from './entity-name.ts'
import { layOut } from './message/layout.ts'
import { toldApart, visible } from './message/told-apart.ts'
import { type EntityKind, entityOf } from './receiver.ts'
import { recordsOf } from './records-of.ts'
import { refuse } from './refuse.ts'
import type { ExpectedSchema } from './types.ts'

const kinds = ['version', 'delta'] as const satisfies readonly EntityKind[]

/** A received schema: Arrow's, an opaque text, or none. */
interface ReceivedSchema extends EntityName {
  readonly schema: Schema | string | null
}

/** See {@link DeltacatMatchers.toHaveSchema}. */
export function toHaveSchema(this: MatcherContext, received: unknown, expected: ExpectedSchema): MatcherResult {
  const wanted = columnsOf(expected)
  const found = receivedSchema(received)
  if (found === undefined) return refuse(this, { matcher: 'toHaveSchema', wanted: kinds, tables: true, received })
  const { path, frames, schema } = found
  const say = (headline: string, details: readonly string[] = []) => layOut({ headline, details }, frames)
  if (schema === null) return { pass: false, message: () => say(`${path} has no schema; one was expected`) }
  if (typeof schema === 'string') {
    return { pass: false, message: () => say(`${path} has a schema that isn't Arrow's; an Arrow schema was expected`) }
  }
  const own = schema.fields.map((field) => [field.name, formatField(field)] as const)
  if (schemaDifferences(own, wanted).length === 0) {
    return { pass: true, message: () => say(`${path} has exactly this schema, and should not`) }
  }
  const [ownPrinted, wantedPrinted] = printed(own, wanted)
  return {
    pass: false,
    message: () => say(`${path} has another schema`, schemaDifferences(ownPrinted, wantedPrinted)),
    actual: schemaText(ownPrinted),
    expected: schemaText(wantedPrinted),
  }
}

type Column = readonly [name: string, type: string]

/** Both with names and types as they can be told apart. */
function printed(own: readonly Column[], wanted: readonly Column[]): readonly [Column[], Column[]] {
  const tell = toldApart([...own, ...wanted].flat().map(visible))
  const print = ([name, type]: Column): Column => [tell(visible(name)), tell(visible(type))]
  return [own.map(print), wanted.map(print)]
}

function receivedSchema(received: unknown): ReceivedSchema | undefined {
  if (isSchema(received)) return { schema: received, path: 'Arrow schema', frames: [] }
  if (isTable(received)) return { schema: received.schema, path: 'Arrow table', frames: [] }
  const owner = entityOf(received, kinds)
  if (owner === undefined) return undefined
  if (owner.kind === 'delta') {
    const { table } = recordsOf(owner.entity)!
    return { ...nameEntity(owner), schema: table.schema.fields.length === 0 ? null : table.schema }
  }
  const { tableLocator, tableVersion } = owner.entity.locator
  const { namespaceLocator, tableName } = tableLocator
  const schema = owner.catalog.getTableVersionSchema(namespaceLocator.namespace, tableName, { tableVersion })
  return { ...nameEntity(owner), schema }
}

function columnsOf(expected: ExpectedSchema): Column[] {
  if (isSchema(expected)) return expected.fields.map((field) => [field.name, formatField(field)])
  if (typeof expected !== 'object' || expected === null || Array.isArray(expected)) {
    throw new CatalogError(
      'invalid-argument',
      `toHaveSchema expects an Arrow schema, or the columns with their types ({ id: 'int64!' }), not ${shown(expected)}.`,
    )
  }
  return Object.entries(expected).map(([name, type]) => [name, formatField(parseField(name, type))])
}

function schemaDifferences(found: readonly Column[], wanted: readonly Column[]): string[] {
  const [own, other] = [new Map(found), new Map(wanted)]
  const lines = [
    ...wanted.flatMap(([name, type]) => {
      const is = own.get(name)
      if (is === undefined) return [`column "${name}" is missing; expected ${type}`]
      return is === type ? [] : [`column "${name}" should be ${type}, but is ${is}`]
    }),
    ...found.flatMap(([name, type]) => (other.has(name) ? [] : [`column "${name}" is unexpected; it is ${type}`])),
  ]
  if (lines.length > 0) return lines
  const at = found.findIndex(([name], k) => name !== wanted[k]![0])
  return at === -1 ? [] : [`the columns come in another order: column ${at} should be "${wanted[at]![0]}"`]
}

function schemaText(columns: readonly Column[]): string {
  // Two lines at least: of a single line Vitest would draw another kind of difference.
  return ['schema:', ...columns.map(([name, type]) => `  ${name}: ${type}`)].join('\n')
}
