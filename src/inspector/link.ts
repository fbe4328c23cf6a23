import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { dirname, extname, join, normalize } from 'node:path'

/** One braced list, on one line or over several: the only form of import that the page's modules use. */
const importLine = /^import (?:type )?\{[^}]*\} from (['"])(\.[^'"]+)\1;?\n/gm

/**
 * The page's modules as the text of one inline module: each file once, after those that it imports, its import lines
 * left out (exports may stay, and what was imported is above). The names of all top-level declarations must therefore
 * differ, which the engine itself checks when it parses the text.
 *
 * @param entry the path of the module to start from; `.ts` (in a checkout) has its types blanked, `.js` is taken as it is
 */
export function linkModules(entry: string): string {
  const texts = new Map<string, string>()
  const visit = (path: string): void => {
    if (texts.has(path)) return
    texts.set(path, '')
    const source = readFileSync(path, 'utf8')
    const code = extname(path) === '.ts' ? stripTypeScriptTypes(source) : source
    for (const [, , specifier] of code.matchAll(importLine)) visit(normalize(join(dirname(path), specifier as string)))
    // Set again, so that it stands behind what it needs.
    texts.delete(path)
    texts.set(path, code.replaceAll(importLine, ''))
  }
  visit(entry)
  const linked = Array.from(texts.values(), (text) => text.trim()).join('\n\n')
  const left = /^import\b.*/m.exec(linked)?.[0]
  if (left !== undefined) throw new Error(`The page's modules may import by a braced list alone, not so: ${left}`)
  return linked
}
