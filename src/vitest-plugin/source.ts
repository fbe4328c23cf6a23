import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { JsonValue } from '../catalog/model/common.ts'
import { FixtureError } from '../fixtures/fixture-error.ts'
import type { Fixture } from '../fixtures/index.ts'
import { urlOf } from '../fixtures/source-url.ts'
import type { FixtureModule } from './fixture-types.ts'
import { withoutFrames } from './frames.ts'

/**
 * Where a test's catalog comes from: the path of a `.deltacat.yaml` or `.db` file, its `URL`, an imported
 * `.deltacat.yaml`, or a fixture as an object. A string is always a path.
 */
export type Source = string | URL | FixtureModule | Fixture

/** Overrides of a fixture's `params`. */
export type Params = Readonly<Record<string, JsonValue>>

/**
 * What a test's own calls read as the time, and take as ids. `deterministic`: they go on after the fixture's last
 * reading, the same in every run. `system`: the machine's clock, and random ids.
 */
export type Clock = 'deterministic' | 'system'

/** A {@link Source} of which it is known what it is and where. It can be sent to another thread or process. */
export type ResolvedSource =
  | { readonly kind: 'empty' }
  | { readonly kind: 'yaml' | 'db'; readonly path: string }
  | { readonly kind: 'inline'; readonly fixture: Fixture; readonly baseDir: string }

/** What `source` is. Relative paths, those of files that an inline fixture names too, start at `baseDir`. */
export function resolveSource(source: Source | undefined, baseDir: string): ResolvedSource {
  if (source === undefined || source === null) return { kind: 'empty' }
  if (typeof source === 'string') return fileSource(resolve(baseDir, source))
  const url = urlOf(source)
  if (url !== null) return fileSource(fileURLToPath(url.href))
  if (typeof source !== 'object') {
    throw withoutFrames(
      new FixtureError(
        `A source is the path of a .deltacat.yaml or .db file, a URL, an imported fixture, or a fixture as an object, not a ${typeof source}.`,
        [],
      ),
    )
  }
  return { kind: 'inline', fixture: source as Fixture, baseDir }
}

function fileSource(path: string): ResolvedSource {
  return { kind: /\.ya?ml$/i.test(path) ? 'yaml' : 'db', path }
}
