import { type ChildProcess, spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, sep } from 'node:path'
import { afterAll } from 'vitest'
import { withoutVitest } from '../environment.ts'

const packageRoot = join(import.meta.dirname, '../..')
const modules = join(packageRoot, 'node_modules')

/** The Vitest majors that one built package has to work with, and where each is installed. */
const homesOfVitest = {
  5: modules,
  4: join(import.meta.dirname, 'vitest4/node_modules'),
} as const

export type Major = keyof typeof homesOfVitest
export const majors: readonly Major[] = [5, 4]

/** What a Vitest run left behind. */
export interface Run {
  readonly code: number | null
  /** Both streams as they came, with what changes from run to run replaced. */
  readonly output: string
  /** Vitest's JSON report. */
  readonly report: Report
  /** What stands in the temporary folder that only this run has used. */
  readonly leftInTmp: readonly string[]
}
interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly { readonly name: string; readonly assertionResults: readonly ReportedTest[] }[]
}
interface ReportedTest {
  readonly fullName: string
  readonly status: string
  readonly failureMessages?: readonly string[]
}

/** A folder with a Vitest project in it. */
export interface Project {
  readonly folder: string
  /** Where the run's own temporary files go. */
  readonly tmp: string
  write(files: Readonly<Record<string, string>>): void
  read(path: string): string
  exists(path: string): boolean
  remove(path: string): void
  rename(from: string, to: string): void
  /** What the plugin has left where its temporary files go. Vitest's own folder there is Vitest's to remove. */
  leftInTmp(): string[]
  /** All files below a folder of the project, with forward slashes. */
  list(path: string): string[]
  /** Runs `vitest run` to its end. */
  run(args?: readonly string[], env?: Readonly<Record<string, string>>): Promise<Run>
  /** Starts `vitest --watch`. */
  watch(args?: readonly string[]): Watching
}

/** A `vitest --watch` that runs. */
export interface Watching {
  /** The output of the next run, from the last look to its end. Fails after five minutes. */
  next(): Promise<string>
  /** What has come since the last look. */
  rest(): string
  stop(): Promise<void>
}

const homes = new Map<Major, string>()
const children = new Set<ChildProcess>()
let projects = 0

/**
 * Makes a project that sees the built package and a Vitest of this major, and nothing else of this repository. The
 * package is a copy, as Node finds the packages of a linked one beside the link's target.
 */
export function makeProject(major: Major, files: Readonly<Record<string, string>>): Project {
  projects += 1
  const home = homeOf(major)
  const folder = join(home, `project-${projects}`)
  const tmp = join(home, `tmp-${projects}`)
  mkdirSync(tmp)
  const environment = {
    TMPDIR: tmp,
    TEMP: tmp,
    TMP: tmp,
    NO_COLOR: '1',
    CI: '',
    GITHUB_ACTIONS: '',
    AI_AGENT: '',
    VITEST: '',
  }
  const project: Project = {
    folder,
    tmp,
    write: (written) => {
      for (const [path, text] of Object.entries(written)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true })
        // Whole at once: what is watched would be seen empty first, and read twice.
        writeFileSync(`${folder}.draft`, text)
        renameSync(`${folder}.draft`, join(folder, path))
      }
    },
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    exists: (path) => existsSync(join(folder, path)),
    remove: (path) => rmSync(join(folder, path), { recursive: true }),
    rename: (from, to) => renameSync(join(folder, from), join(folder, to)),
    list: (path) => filesBelow(join(folder, path)),
    leftInTmp: () => readdirSync(tmp).filter((name) => name.startsWith('vitest-deltacat')),
    run: async (args = [], env = {}) => {
      const json = join(tmp, 'report.json')
      const reporters = args.some((arg) => arg.startsWith('--reporter')) ? [] : ['--reporter=default']
      const child = start(folder, ['run', ...reporters, '--reporter=json', `--outputFile.json=${json}`, ...args], {
        ...environment,
        ...env,
      })
      let output = ''
      for (const stream of [child.stdout, child.stderr])
        stream?.setEncoding('utf8').on('data', (chunk) => (output += chunk))
      const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
      const report = (existsSync(json) ? JSON.parse(readFileSync(json, 'utf8')) : undefined) as Report
      rmSync(json, { force: true })
      return { code, output: steady(output, folder), report, leftInTmp: project.leftInTmp() }
    },
    watch: (args = []) => watching(start(folder, ['--watch', ...args], environment), folder),
  }
  project.write({ 'package.json': '{ "type": "module" }', ...files })
  return project
}

/**
 * The config of a project: the plugin with these options, and these options of Vitest's own. Its tests have ten minutes,
 * as several runs at once share the machine.
 */
export function config(test: Readonly<Record<string, unknown>> = {}, plugin = 'deltacat()'): string {
  return `import { defineConfig } from 'vitest/config'
import { deltacat } from 'vitest-deltacat/plugin'

export default defineConfig({ plugins: [${plugin}], test: ${JSON.stringify({ testTimeout: 600_000, ...test })} })
`
}

/** The tests of a report by name, with their states. */
export function statesOf({ testResults }: Report): Record<string, string> {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults)
  return Object.fromEntries(tests.map(({ fullName, status }) => [fullName, status]))
}

/** What is not as expected in a run: the tests, each with its state and its messages, five at most. Empty is well. */
export function surprises(run: Run, expected: Readonly<Record<string, string>>): Record<string, unknown> {
  const states = statesOf(run.report)
  const tests = run.report.testResults.flatMap(({ assertionResults }) => assertionResults)
  const wrong = tests.filter(({ fullName, status }) => expected[fullName] !== status)
  const missing = Object.keys(expected).filter((name) => !(name in states))
  const surprising = [
    ...wrong.map(({ fullName, status, failureMessages }) => [fullName, [status, failureMessages]] as const),
    ...missing.map((name) => [name, 'did not run'] as const),
  ]
  return Object.fromEntries(surprising.slice(0, 5))
}

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  for (const home of homes.values()) rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  homes.clear()
})

function homeOf(major: Major): string {
  const known = homes.get(major)
  if (known !== undefined) return known
  const home = mkdtempSync(join(tmpdir(), `deltacat-suite-${major}-`))
  homes.set(major, home)
  const there = join(home, 'node_modules')
  const { dependencies } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>
  }
  for (const name of Object.keys(dependencies)) link(join(modules, name), join(there, name))
  link(join(homesOfVitest[major], 'vitest'), join(there, 'vitest'))
  link(join(homesOfVitest[major], '@vitest/ui'), join(there, '@vitest/ui'))
  link(join(modules, 'happy-dom'), join(there, 'happy-dom'))
  for (const part of ['package.json', 'dist']) {
    cpSync(join(packageRoot, part), join(there, 'vitest-deltacat', part), { recursive: true })
  }
  return home
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  symlinkSync(target, path, 'junction')
}

function start(folder: string, args: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  const vitest = join(dirname(folder), 'node_modules/vitest/vitest.mjs')
  const child = spawn(process.execPath, [vitest, ...args], {
    cwd: folder,
    env: { ...withoutVitest(process.env), ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  children.add(child)
  child.once('close', () => children.delete(child))
  return child
}

function watching(child: ChildProcess, folder: string): Watching {
  let output = ''
  let seen = 0
  let wake = () => {}
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk) => {
      output += chunk
      wake()
    })
  }
  return {
    next: async () => {
      const deadline = Date.now() + 300_000
      const end = /press h to show help/
      while (!end.test(output.slice(seen))) {
        if (Date.now() > deadline)
          throw new Error(`No run within five minutes. The output so far:\n${output.slice(seen)}`)
        await new Promise<void>((resolve) => {
          wake = resolve
          setTimeout(resolve, 200)
        })
      }
      // What Vitest prints after its last line comes with it.
      await new Promise((resolve) => setTimeout(resolve, 50))
      const text = output.slice(seen)
      seen = output.length
      return steady(text, folder)
    },
    rest: () => {
      const text = output.slice(seen)
      seen = output.length
      return steady(text, folder)
    },
    stop: async () => {
      child.kill('SIGTERM')
      await new Promise((resolve) => (child.exitCode === null ? child.once('close', resolve) : resolve(undefined)))
    },
  }
}

// Paths, times and the version of Vitest; trailing spaces, as an editor would take them from an expected text.
function steady(output: string, folder: string): string {
  return (
    output
      .replaceAll(folder, '<project>')
      .replaceAll(dirname(folder), '<home>')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours are made of
      .replaceAll(/\u001b\[[0-9;?]*[a-zA-Z]/g, '')
      .replaceAll(/\b\d+(\.\d+)?(ms|s)\b/g, '<time>')
      .replaceAll(/Start at {2}[\d:]+/g, 'Start at  <time>')
      .replaceAll(/v[45]\.\d+\.\d+/g, '<version>')
      .replaceAll(/[ \t]+$/gm, '')
  )
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
}
