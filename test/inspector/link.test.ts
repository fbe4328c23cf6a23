import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { linkModules } from '../../src/inspector/link.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'deltacat-link-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Links modules given by name; the first is the entry. */
function link(files: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return linkModules(join(folder, Object.keys(files)[0] as string))
}

describe('linkModules', () => {
  it('puts each module once, after what it imports, without its import lines', () => {
    const linked = link({
      'a.ts':
        "import type { T } from './c.ts'\nimport { b } from './b.ts'\nimport {\n  c,\n  type T as U,\n} from './c.ts'\n\nb(c as T)\n",
      'b.ts': "import { c } from './c.ts'\nexport const b = (x: number): number => x + c\n",
      'c.ts': 'export type T = number\nexport const c = 1\n',
    })
    expect(linked.replaceAll(/ +/g, ' ').replaceAll(/\n\s*\n/g, '\n')).toBe(
      'export const c = 1\nexport const b = (x ) => x + c\nb(c )',
    )
  })

  it('takes what the compiler writes: other quotes, semicolons', () => {
    expect(link({ 'd.js': 'import { e } from "./e.js";\ne();\n', 'e.js': 'export function e() { }\n' })).toBe(
      'export function e() { }\n\ne();',
    )
  })

  it('refuses an import that it would leave standing', () => {
    expect(() => link({ 'f.js': 'import e from "./e.js";\n', 'e.js': '' })).toThrow(
      'The page\'s modules may import by a braced list alone, not so: import e from "./e.js";',
    )
  })
})
