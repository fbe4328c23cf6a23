/** What a terminal shows as nothing, or as a usual space, or would break the line at; selectors of emoji are left. */
const INVISIBLE =
  /(?! )\p{Zs}|\p{Zl}|\p{Zp}|\p{Cc}|(?!\p{Variation_Selector})\p{Default_Ignorable_Code_Point}|[\u2800\ufff9-\ufffb]/gu

/** A text on one line, with what can't be seen in it escaped: `a\u00a0b`. */
export function visible(text: string): string {
  return text.replaceAll(INVISIBLE, escaped)
}

/**
 * How to print each of some texts, so that those that differ look different too: where two would be taken for the same,
 * as a composed letter and a decomposed one, the characters in which they differ are escaped.
 */
export function toldApart(texts: Iterable<string>): (text: string) => string {
  const alike = new Map<string, Set<string>>()
  for (const text of texts) {
    const look = text.normalize().replaceAll(/\p{Variation_Selector}/gu, '')
    const group = alike.get(look)
    if (group === undefined) alike.set(look, new Set([text]))
    else group.add(text)
  }
  const told = new Map<string, string>()
  for (const group of alike.values()) if (group.size > 1) tell([...group], told)
  return (text) => told.get(text) ?? text
}

function tell(texts: readonly string[], told: Map<string, string>): void {
  const parts = texts.map(graphemes)
  const aligned = parts.every(({ length }) => length === parts[0]!.length)
  for (const [index, text] of texts.entries()) {
    const printed = parts[index]!.map((part, k) =>
      aligned && parts.every((other) => other[k] === part) ? part : part.replaceAll(/[^ -~]/gu, escaped),
    )
    told.set(text, printed.join(''))
  }
}

function graphemes(text: string): string[] {
  return Array.from(new Intl.Segmenter('en').segment(text), ({ segment }) => segment)
}

function escaped(character: string): string {
  const json = JSON.stringify(character).slice(1, -1)
  if (json !== character) return json
  const code = character.codePointAt(0)!.toString(16)
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`
}
