// Ambient types of imported fixtures: `"types": ["vitest-deltacat/yaml"]` in tsconfig.json, or
// `/// <reference types="vitest-deltacat/yaml" />` in a test. A generated `x.deltacat.d.yaml.ts` comes before them.
declare module '*.deltacat.yaml' {
  import type { FixtureModule } from 'vitest-deltacat/test'

  /** The file's URL: a source for `test.override`, `loadFixture` and `buildFixture`. */
  const fixture: FixtureModule
  export default fixture
}

declare module '*.deltacat.yml' {
  import type { FixtureModule } from 'vitest-deltacat/test'

  /** The file's URL: a source for `test.override`, `loadFixture` and `buildFixture`. */
  const fixture: FixtureModule
  export default fixture
}
