import type { PartitionValue, PartitionValues } from './common.ts'

/**
 * What Python's `str()` makes of a list of partition values, or `None`: a partition's locator contains it. Unicode's
 * versions differ between Pythons, so the text of an existing row is looked up, not made again.
 */
export function pythonText(values: PartitionValues | null): string {
  return values === null ? 'None' : `[${values.map(pythonRepr).join(', ')}]`
}

function pythonRepr(value: PartitionValue): string {
  if (value === null) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  return typeof value === 'number' ? pythonNumber(value) : pythonString(value)
}

/** An integer as it is; a float, which only a file can bring, as Python's repr writes it. */
function pythonNumber(value: number): string {
  const text = String(value)
  if (Number.isInteger(value) && !text.includes('e')) return text
  // JavaScript writes 1e-7 where Python writes 1e-07.
  return text.replace(/e([+-])(\d)$/, 'e$10$2')
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** Python calls a character printable unless it is of the categories Other or Separator; a space is. */
const UNPRINTABLE = /[\p{C}\p{Z}\\]/gu

function pythonString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  const escaped = text.replaceAll(UNPRINTABLE, (character) => {
    if (character === ' ') return character
    return ESCAPES[character] ?? escapeCode(character.codePointAt(0) as number)
  })
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote
}

function escapeCode(code: number): string {
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`
  return `\\U${code.toString(16).padStart(8, '0')}`
}
