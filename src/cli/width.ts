/** Characters that take no column: combining marks, joiners, variation selectors. */
const NONE = /^[\p{Mn}\p{Me}\p{Cf}]$/u
/** Characters that take two: East Asian wide ones and emoji. */
const TWO =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]$/u

/** How many columns of a terminal a text takes. */
export function widthOf(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with the escape character
  const bare = text.replaceAll(/\u001b\[[0-9;]*m/g, '')
  // Plain ASCII is most of what there is
  if (/^[\u0020-\u007e]*$/.test(bare)) return bare.length
  let width = 0
  for (const character of bare) width += NONE.test(character) ? 0 : TWO.test(character) ? 2 : 1
  return width
}

/** A text filled with spaces to a width. */
export function pad(text: string, width: number, side: 'start' | 'end' = 'end'): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)))
  return side === 'end' ? text + space : space + text
}

/** A text of at most so many columns, the end left out where it is longer. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  let kept = ''
  let used = 0
  for (const character of text) {
    used += widthOf(character)
    if (used > width - 1) break
    kept += character
  }
  return `${kept}…`
}

/** Holds a text to a width. */
export type Clip = (text: string, width: number) => string

/** Cuts on a terminal; what a file or another program gets is whole. */
export function clipFor(stream: { readonly isTTY?: boolean }): Clip {
  return stream.isTTY === true ? cut : (text) => text
}

/** A text on one line, its control characters written as escapes, so that it can't move a terminal's cursor. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, (character) =>
    character === '\n'
      ? '\\n'
      : character === '\t'
        ? '\\t'
        : character === '\r'
          ? '\\r'
          : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
