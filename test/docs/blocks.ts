import { readFileSync } from 'node:fs'

/** A fenced block of a Markdown page. */
export interface Block {
  /** The first word after the fence: `ts`, `yaml`, `sh`, `text`… */
  readonly language: string
  /** `file=orders.test.ts` and the like, after the language. */
  readonly attributes: Readonly<Record<string, string>>
  readonly text: string
  readonly line: number
}

/** The fenced blocks of a page, in order. */
export function blocksOf(path: string): Block[] {
  const page = readFileSync(path, 'utf8')
  const fences = page.matchAll(/^( *)```([^\n]*)\n([\s\S]*?)^\1```[ \t]*$/gm)
  return Array.from(fences, (match) => {
    const [, indent = '', info = '', text = ''] = match
    const [language = '', ...words] = info.trim().split(/\s+/)
    return {
      language,
      attributes: Object.fromEntries(words.map((word) => word.split('=', 2) as [string, string])),
      text: indent === '' ? text : text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
      line: page.slice(0, match.index).split('\n').length,
    }
  })
}
