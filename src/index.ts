export * from './catalog/index.ts'
export * from './fixtures/index.ts'
