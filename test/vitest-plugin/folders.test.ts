import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeRunFolder, makeWorkerFolder, removeFolder, sweepRunFolders } from '../../src/vitest-plugin/folders.ts'
import { withoutVitest } from '../environment.ts'
import { config, majors, makeProject } from './harness.ts'

let parent = ''
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'folders-'))
})
afterEach(() => rmSync(parent, { recursive: true }))

const hour = 3_600_000
const dead = spawnSync(process.execPath, ['-e', '']).pid

/** A run folder as another run would have left it. */
function leave(pid: number, age: number, host = hostname().replaceAll(/[^A-Za-z0-9_]/g, '_')): string {
  const path = join(parent, `vitest-deltacat-${host}-${pid}-AbCdEf`)
  mkdirSync(join(path, 'worker'), { recursive: true })
  const then = new Date(Date.now() - age)
  utimesSync(path, then, then)
  return path
}

describe('run folders', () => {
  it('carry their host and process, and hold a folder for each worker', () => {
    const run = makeRunFolder(parent)
    expect(basename(run)).toMatch(new RegExp(`^vitest-deltacat-\\w+-${process.pid}-[A-Za-z0-9]{6}$`))
    const workers = [makeWorkerFolder(run), makeWorkerFolder(run)]
    expect(new Set(workers).size).toBe(2)
    expect(workers.map((worker) => dirname(worker))).toEqual([run, run])
    removeFolder(run)
    expect(existsSync(run)).toBe(false)
    removeFolder(run)
  })

  it('go as a whole, though a worker removes its own folder in them at the same moment', async () => {
    const rounds = 300
    // What happens at the end of a run. The worker has the turn while the first number is ahead of the second.
    const turns = new Int32Array(new SharedArrayBuffer(8))
    const worker = new Worker(
      `
const { rmSync } = require('node:fs')
const { workerData: { turns, folder, rounds } } = require('node:worker_threads')
for (let round = 1; round <= rounds; round += 1) {
  while (Atomics.load(turns, 0) < round) {}
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  Atomics.store(turns, 1, round)
}
`,
      { eval: true, workerData: { turns, folder: join(parent, 'run', 'worker'), rounds } },
    )
    const left: number[] = []
    for (let round = 1; round <= rounds; round += 1) {
      mkdirSync(join(parent, 'run', 'worker'), { recursive: true })
      mkdirSync(join(parent, 'run', 'templates'))
      Atomics.store(turns, 0, round)
      removeFolder(join(parent, 'run'))
      while (Atomics.load(turns, 1) < round) await new Promise((resolve) => setImmediate(resolve))
      if (existsSync(join(parent, 'run'))) left.push(round)
      rmSync(join(parent, 'run'), { recursive: true, force: true })
    }
    await worker.terminate()
    expect(left).toEqual([])
  })

  it.for([
    ['dead and old', () => leave(dead, 2 * hour), false],
    ['dead, but of the last hour', () => leave(dead, 0.9 * hour), true],
    ['old, but alive', () => leave(process.pid, 2 * hour), true],
    ['of another host', () => leave(dead, 2 * hour, 'elsewhere'), true],
    ['of another name', () => leave(dead, 2 * hour, 'else-where'), true],
  ] as const)('that are %s: whether they stay', ([, make, stays]) => {
    const path = make()
    sweepRunFolders(parent)
    expect(existsSync(path)).toBe(stays)
  })
})

describe.for(majors)('Vitest %i', (major) => {
  it.for([
    ['once', 1],
    ['again, while it ends', 2],
  ] as const)('removes its folder when it is interrupted %s', async ([, signals]) => {
    const project = makeProject(major, {
      'vitest.config.ts': config(),
      'waits.test.ts': `
import { test } from 'vitest-deltacat/test'
test('waits', { timeout: 60_000 }, async ({ catalog }) => {
  console.log('waiting with ' + catalog.path)
  await new Promise((resolve) => setTimeout(resolve, 60_000))
})
`,
    })
    const vitest = join(dirname(project.folder), 'node_modules/vitest/vitest.mjs')
    const child = spawn(process.execPath, [vitest, 'run', '--disable-console-intercept'], {
      cwd: project.folder,
      env: { ...withoutVitest(process.env), TMPDIR: project.tmp, CI: '' },
    })
    const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
    let output = ''
    const waits = new Promise<void>((resolve) => {
      child.stdout.setEncoding('utf8').on('data', (chunk) => {
        output += chunk
        if (output.includes('waiting with')) resolve()
      })
    })
    await Promise.race([waits, closed])
    const folders = () => readdirSync(project.tmp).filter((name) => name.startsWith('vitest-deltacat-'))
    expect(folders(), output).toHaveLength(1)
    child.kill('SIGINT')
    // Two signals at once would be one: the second comes when the first has been heard.
    while (signals === 2 && folders().length > 0 && child.exitCode === null && child.signalCode === null)
      await new Promise((resolve) => setTimeout(resolve, 1))
    if (signals === 2) child.kill('SIGINT')
    await closed
    expect(folders()).toEqual([])
  })

  it('builds a template once, however many workers ask for it at once', async () => {
    const user = (name: string): string => `
import { appendFileSync } from 'node:fs'
import { test } from 'vitest-deltacat/test'
test.override({ source: './shop.deltacat.yaml' })
test('${name}', ({ catalog, expect }) => expect(catalog.tableExists('shop', 'orders')).toBe(true))
`
    const names = Array.from({ length: 6 }, (_, number) => `user-${number}`)
    const project = makeProject(major, {
      'vitest.config.ts': config({ pool: 'forks', maxWorkers: 6, execArgv: ['--import', './log.mjs'] }),
      'shop.deltacat.yaml':
        'namespaces: { shop: { tables: { orders: { deltas: [{ count: 20000, generate: { id: { seq: 1 } } }] } } } }\n',
      'built/.keep': '',
      'log.mjs': `
import { writeFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
registerHooks({
  resolve: (specifier, context, next) => {
    if (specifier === 'yaml') writeFileSync(import.meta.dirname + '/built/' + process.pid, '')
    return next(specifier, context)
  },
})
`,
      ...Object.fromEntries(names.map((name) => [`${name}.test.ts`, user(name)])),
    })
    const run = await project.run()
    expect(run.report.numPassedTests).toBe(names.length)
    expect(project.list('built').filter((name) => name !== '.keep')).toHaveLength(1)
    expect(run.leftInTmp).toEqual([])
  })
})
