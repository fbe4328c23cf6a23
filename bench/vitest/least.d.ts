declare module 'least/test' {
  import type { TestAPI } from 'vitest'
  export const test: TestAPI<{ names: unknown[] }>
}
declare module 'least/vitest' {}
