import type { FixtureAccessor } from '../fixtures/index.ts'

/**
 * What is known of a fixture at compile time: `vitest-deltacat types` writes one for each `.deltacat.yaml`. Without it
 * every path is a `string` and every row a record of unknown cells.
 */
export interface FixtureTypes {
  readonly namespaces: string
  readonly tables: string
  readonly versions: string
  readonly streams: string
  readonly partitions: string
  /** Of large partitions a pattern that any number fits: `log.events/-#${number}`. */
  readonly deltas: string
  readonly expected: string
  /** The row of each path that `fixture.rows` takes. */
  readonly rows: Readonly<Record<string, unknown>>
}

declare const types: unique symbol

/** What `import shop from './shop.deltacat.yaml'` gives: the file's URL, which is a source. */
export interface FixtureModule<Types extends FixtureTypes = FixtureTypes> extends URL {
  /** At compile time only. */
  readonly [types]?: Types
}

/** The {@link FixtureAccessor} of a fixture whose {@link FixtureTypes} are known. */
export interface TypedFixture<Types extends FixtureTypes> extends Omit<FixtureAccessor, keyof Finders> {
  namespace(path: Types['namespaces']): ReturnType<FixtureAccessor['namespace']>
  table(path: Types['tables']): ReturnType<FixtureAccessor['table']>
  version(path: Types['versions']): ReturnType<FixtureAccessor['version']>
  stream(path: Types['streams']): ReturnType<FixtureAccessor['stream']>
  partition(path: Types['partitions']): ReturnType<FixtureAccessor['partition']>
  delta(path: Types['deltas']): ReturnType<FixtureAccessor['delta']>
  rows<Path extends keyof Types['rows'] & string>(path: Path): Types['rows'][Path][]
  expected(name: Types['expected']): ReturnType<FixtureAccessor['expected']>
}

type Finders = Pick<
  FixtureAccessor,
  'namespace' | 'table' | 'version' | 'stream' | 'partition' | 'delta' | 'rows' | 'expected'
>
