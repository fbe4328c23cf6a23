import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { type Block, blocksOf } from './blocks.ts'
import { createProject, type Project } from './project.ts'

const root = join(import.meta.dirname, '../..')
const pages = ['README.md', ...globSync('docs/*.md', { cwd: root })].sort()
const scripts = Object.keys(
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object }).scripts,
)

/** Where a block stands, for a message that finds it. */
const at = (page: string, block: Block): string => `${page}:${block.line}`

describe.for(pages)('%s', (page) => {
  let project: Project | undefined
  afterEach(() => project?.remove())

  const blocks = blocksOf(join(root, page))
  const files = blocks.filter((block) => block.attributes.file)
  const shown = blocks.filter((block) => block.attributes.shows)
  const commands = blocks.filter((block) => block.language === 'sh')

  it('has only blocks that something runs', () => {
    const idle = blocks.filter((block) => ![files, shown, commands].some((kind) => kind.includes(block)))
    expect(idle.map((block) => `${at(page, block)}: say file=, shows= or sh after the fence`)).toEqual([])
  })

  it('names only npm scripts that exist', () => {
    const named = commands.flatMap((block) =>
      Array.from(block.text.matchAll(/npm run ([\w:-]+)/g), (match) => match[1]),
    )
    expect(named.filter((name) => name !== undefined && !scripts.includes(name))).toEqual([])
  })

  it('holds what it says', ({ skip }) => {
    if (files.length + commands.length === 0) skip('a page of prose')
    const made = createProject()
    project = made
    for (const block of files) made.write(block.attributes.file as string, block.text)

    for (const line of commands.flatMap((block) => block.text.trim().split('\n'))) {
      if (!line.startsWith('npx vitest-deltacat ')) continue
      const [, , ...args] = line.split(/\s+/)
      const { status, output } = made.run('node', [join(root, 'dist/cli/bin.js'), ...args])
      expect(status, `${line}\n${output}`).toBe(0)
    }

    const isTest = (block: Block) => /\.(test|spec)\.ts$/.test(block.attributes.file ?? '')
    for (const fails of [false, true]) {
      const specs = files.filter((block) => isTest(block) && (block.attributes.fails === 'yes') === fails)
      if (specs.length === 0) continue
      const names = specs.map((block) => block.attributes.file as string)
      const { status, output } = made.run('vitest', ['run', '--no-color', '--testTimeout=600000', ...names])
      expect(status, `${names.join(', ')} of ${page}:\n${output}`).toBe(fails ? 1 : 0)
      for (const block of shown.filter((each) => names.includes(each.attributes.shows as string))) {
        expect(output, at(page, block)).toContain(block.text.trimEnd())
      }
    }
  })
})
