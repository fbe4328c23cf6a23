import type { TestProject } from 'vitest/node'
import { type Interpreters, interpreters } from './python.ts'

declare module 'vitest' {
  interface ProvidedContext {
    interpreters: Interpreters
  }
}

export default function setup(project: TestProject): void {
  project.provide('interpreters', interpreters())
}
