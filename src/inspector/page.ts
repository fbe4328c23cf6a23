import { createHash } from 'node:crypto'
import { extname, join } from 'node:path'
import { linkModules } from './link.ts'
import type { ReportView } from './model.ts'
import { styles } from './styles.ts'

/** Marks a file as ours: a report may be overwritten by the next one. */
export const reportMark = '<!doctype html><html lang="en"><meta name="generator" content="vitest-deltacat report">'

let linked: string | undefined

/** The page's script: from `dist` as compiled, from a checkout with the types blanked. */
function script(): string {
  linked ??= linkModules(join(import.meta.dirname, 'client', `main${extname(import.meta.filename)}`))
  return linked
}

const sha256 = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

const escapeText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** JSON that holds no `<`: nothing in it can end the block that it stands in. */
const escapeJson = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c')

/**
 * One HTML file that needs nothing else, no network and no other file, in pieces to be written one after the other. Its
 * security policy allows the one script and the one style sheet by their hashes and nothing besides; what a catalog
 * holds goes into two data blocks and from there into text nodes.
 *
 * @param view the hierarchy
 * @param chunks packed pages of deltas and records, as `createPacker` makes them; their numbers are those in the view
 */
export function* reportPieces(view: ReportView, chunks: readonly string[]): Generator<string> {
  const code = `\n${script()}\n`
  const policy = `default-src 'none'; script-src ${sha256(code)}; style-src ${sha256(styles)}; base-uri 'none'; form-action 'none'`
  yield [
    reportMark,
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeText(view.title)}</title>`,
    `<style>${styles}</style>`,
    '<div id="report"><noscript>This report needs JavaScript; everything that it runs is inside this file.</noscript></div>',
    `<script type="application/json" id="view">${escapeJson(view)}</script>`,
    '<script type="text/plain" id="chunks">',
  ].join('')
  // Base64 holds no `<` either.
  for (const [number, chunk] of chunks.entries()) yield number === 0 ? chunk : `\n${chunk}`
  yield `</script><script type="module">${code}</script></html>\n`
}
