import type { Schema } from 'apache-arrow'
import type { Catalog } from '../../catalog/catalog.ts'
import { CatalogError } from '../../catalog/errors.ts'
import { isSchema, isTable } from '../../catalog/records/arrow.ts'
import { shown } from '../../catalog/records/invalid.ts'
import { formatField, parseField } from '../../catalog/records/schema.ts'
import type { Difference } from '../findings.ts'
import type { MatcherContext, MatcherResult } from './context.ts'
import { type EntityName, nameEntity } from './entity-name.ts'
import { failureMessage } from './message/failure-message.ts'
import { type Failure, layOut } from './message/layout.ts'
import { columnLine } from './message/schema-report.ts'
import { toldApart, visible } from './message/told-apart.ts'
import { type EntityKind, entityOf } from './receiver.ts'
import { recordsOf } from './records-of.ts'
import { refuse } from './refuse.ts'
import type { ExpectedSchema } from './types.ts'

const kinds = ['version', 'delta'] as const satisfies readonly EntityKind[]

/** A received schema: Arrow's, an opaque text, or none. */
interface ReceivedSchema extends EntityName {
  readonly catalog: Catalog | null
  readonly schema: Schema | string | null
}

/** See {@link DeltacatMatchers.toHaveSchema}. */
export function toHaveSchema(this: MatcherContext, received: unknown, expected: ExpectedSchema): MatcherResult {
  const wanted = columnsOf(expected)
  const found = receivedSchema(received)
  if (found === undefined) return refuse(this, { matcher: 'toHaveSchema', wanted: kinds, tables: true, received })
  const { path, frames, schema, catalog } = found
  const say = (headline: string) => layOut({ headline, details: [] }, frames)
  if (schema === null) return { pass: false, message: () => say(`${path} has no schema; one was expected`) }
  if (typeof schema === 'string') {
    return { pass: false, message: () => say(`${path} has a schema that isn't Arrow's; an Arrow schema was expected`) }
  }
  const own = schema.fields.map((field) => [field.name, formatField(field)] as const)
  if (schemaDifferences(own, wanted).details.length === 0) {
    return { pass: true, message: () => say(`${path} has exactly this schema, and should not`) }
  }
  const [ownPrinted, wantedPrinted] = printed(own, wanted)
  const failure = { headline: `${path} has another schema`, ...schemaDifferences(ownPrinted, wantedPrinted) }
  return {
    pass: false,
    message: failureMessage(catalog, failure, frames),
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
  if (isSchema(received)) return { schema: received, path: 'Arrow schema', frames: [], catalog: null }
  if (isTable(received)) return { schema: received.schema, path: 'Arrow table', frames: [], catalog: null }
  const owner = entityOf(received, kinds)
  if (owner === undefined) return undefined
  if (owner.kind === 'delta') {
    const { table } = recordsOf(owner.entity)!
    const schema = table.schema.fields.length === 0 ? null : table.schema
    return { ...nameEntity(owner), schema, catalog: owner.catalog }
  }
  const { tableLocator, tableVersion } = owner.entity.locator
  const { namespaceLocator, tableName } = tableLocator
  const schema = owner.catalog.getTableVersionSchema(namespaceLocator.namespace, tableName, { tableVersion })
  return { ...nameEntity(owner), schema, catalog: owner.catalog }
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

function schemaDifferences(
  found: readonly Column[],
  wanted: readonly Column[],
): Required<Pick<Failure, 'details' | 'differences'>> {
  const [own, other] = [new Map(found), new Map(wanted)]
  const wrong = wanted.filter(([name, type]) => own.get(name) !== type)
  const extra = found.filter(([name]) => !other.has(name))
  const columns = [...wrong, ...extra].map(
    ([name]): Difference => ({
      what: `column "${name}"`,
      expected: other.get(name) ?? null,
      actual: own.get(name) ?? null,
    }),
  )
  if (columns.length > 0) return { details: columns.map(columnLine), differences: columns }
  const at = found.findIndex(([name], k) => name !== wanted[k]![0])
  if (at === -1) return { details: [], differences: [] }
  const [[actual], [expected]] = [found[at]!, wanted[at]!]
  return {
    details: [`the columns come in another order: column ${at} should be "${expected}"`],
    differences: [{ what: `column ${at}`, expected, actual }],
  }
}

function schemaText(columns: readonly Column[]): string {
  // Two lines at least: of a single line Vitest would draw another kind of difference.
  return ['schema:', ...columns.map(([name, type]) => `  ${name}: ${type}`)].join('\n')
}
