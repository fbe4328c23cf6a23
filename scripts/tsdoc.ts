import { readFileSync } from 'node:fs'

/** A member of an interface, as its file writes it. */
export interface Member {
  readonly name: string
  /** The declaration on one line, without the comment. */
  readonly signature: string
  /** The comment's text, its lines joined to paragraphs; empty without one. */
  readonly text: string
}

/** An exported interface of a TypeScript file. */
export interface Interface {
  readonly name: string
  readonly text: string
  readonly members: readonly Member[]
}

const COMMENT = /\/\*\*([\s\S]*?)\*\//

/** The exported interfaces of a file, in order. It reads the house's formatting, not any TypeScript. */
export function interfacesOf(path: string): Interface[] {
  const source = readFileSync(path, 'utf8')
  const found = source.matchAll(
    /(\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?export interface (\w+)(?:<[^>]*>)?[^{]*\{\n([\s\S]*?)\n\}/g,
  )
  return Array.from(found, ([, comment = '', name = '', body = '']) => ({
    name,
    text: textOf(comment),
    members: membersOf(body),
  }))
}

/** An exported function of a file, with its signature on one line. Throws where the file has none of that name. */
export function functionOf(path: string, name: string): Member {
  const source = readFileSync(path, 'utf8')
  const found = new RegExp(`(/\\*\\*(?:(?!\\*/)[\\s\\S])*\\*/)\\nexport function (${name}\\b[\\s\\S]*?) \\{\\n`).exec(
    source,
  )
  if (found === null) throw new Error(`${path} documents no function ${name}`)
  const [, comment = '', declaration = ''] = found
  return { name, signature: oneLine(declaration), text: textOf(comment) }
}

/** A text as it stands in a cell of a Markdown table. */
export function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}

function oneLine(declaration: string): string {
  return declaration.replaceAll(/\s+/g, ' ').replaceAll('( ', '(').replaceAll(/,? \)/g, ')')
}

function membersOf(body: string): Member[] {
  // A member begins at the body's own indentation: with its comment, or with its name.
  const pieces = body.split(/\n(?= {2}(?:\/\*\*|[\w[]))/)
  const members: Member[] = []
  let comment = ''
  for (const piece of pieces) {
    const declaration = piece.replace(COMMENT, '').trim()
    comment = COMMENT.test(piece) ? piece : comment
    if (declaration === '') continue
    const signature = oneLine(declaration)
    members.push({ name: /^(?:readonly )?(\w+)/.exec(signature)?.[1] ?? signature, signature, text: textOf(comment) })
    comment = ''
  }
  return members
}

function textOf(comment: string): string {
  const inner = COMMENT.exec(comment)?.[1] ?? ''
  return inner
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trimEnd())
    .join('\n')
    .trim()
    .replaceAll(/([^\n])\n(?=[^\n@])/g, '$1 ')
}
