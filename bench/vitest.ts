import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { startVitest, type TestModule } from 'vitest/node'

const root = join(import.meta.dirname, '..')

/** A Vitest project with the specs of bench/vitest. */
export interface Project {
  /** Runs one spec in a worker of its own and hands out its module. Throws unless all of it passes. */
  run<T>(spec: string, read: (module: TestModule) => T): Promise<T>
}

/** Makes the project in `folder`, with the built package installed in it as it is in a user's: not linked. */
export function makeProject(folder: string): Project {
  const modules = join(folder, 'node_modules')
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>
  }
  for (const name of ['vitest', ...Object.keys(dependencies)]) {
    mkdirSync(dirname(join(modules, name)), { recursive: true })
    symlinkSync(join(root, 'node_modules', name), join(modules, name), 'junction')
  }
  for (const part of ['package.json', 'dist']) {
    cpSync(join(root, part), join(modules, 'vitest-deltacat', part), { recursive: true })
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  cpSync(join(import.meta.dirname, 'vitest'), folder, { recursive: true })
  cpSync(join(import.meta.dirname, 'vitest/least'), join(modules, 'least'), { recursive: true })
  const config = join(folder, 'vitest.config.ts')
  return {
    async run(spec, read) {
      const vitest = await startVitest('test', [`${spec}.spec.ts`], { config, root: folder })
      try {
        const [module, another] = vitest.state.getTestModules()
        if (another !== undefined) throw new Error(`${spec} also runs ${another.moduleId}`)
        if (module?.state() !== 'passed') throw new Error(`${spec}: ${errorsOf(module)}`)
        return read(module)
      } finally {
        await vitest.close()
      }
    },
  }
}

function errorsOf(module: TestModule | undefined): string {
  const [failed] = module?.children.allTests('failed') ?? []
  const errors = failed?.result().errors ?? module?.errors() ?? []
  return errors.map(({ message, stack }) => stack ?? message).join('; ') || 'did not run'
}
