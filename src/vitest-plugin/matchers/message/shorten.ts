/** Cells up to this many characters are printed whole. */
const WHOLE = 60
/** How much of what agrees stays on either side of a difference. */
const CONTEXT = 12
const ELLIPSIS = '…'

/**
 * Shortens two long texts where they agree, so that what differs can be seen: the ends that both share become `…`, but
 * for a few characters. Texts that differ stay different.
 */
export function shortenPair(a: string, b: string): readonly [string, string] {
  if (a === b) return [shorten(a), shorten(b)]
  if (a.length <= WHOLE && b.length <= WHOLE) return [a, b]
  const shortest = Math.min(a.length, b.length)
  let head = 0
  while (head < shortest && a[head] === b[head]) head++
  let tail = 0
  while (tail < shortest - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++
  const from = head > CONTEXT + 1 ? head - CONTEXT : 0
  const kept = tail > CONTEXT + 1 ? tail - CONTEXT : 0
  return [cut(a, from, a.length - kept, head), cut(b, from, b.length - kept, head)]
}

/** Shortens one long text in its middle. */
function shorten(text: string): string {
  if (text.length <= WHOLE) return text
  return `${text.slice(0, before(text, WHOLE - CONTEXT))}${ELLIPSIS}${text.slice(before(text, text.length - CONTEXT))}`
}

/** The characters from `from` to `to`; where the difference, which begins at `head`, is long itself, only its start. */
function cut(text: string, from: number, to: number, head: number): string {
  const start = before(text, from)
  const end = to - head > WHOLE ? before(text, head + WHOLE - CONTEXT) : before(text, to)
  return `${start > 0 ? ELLIPSIS : ''}${text.slice(start, end)}${end < text.length ? ELLIPSIS : ''}`
}

/** The index itself, or the one before it where it would cut a character of two units in half. */
function before(text: string, index: number): number {
  const unit = text.charCodeAt(index)
  return unit >= 0xdc00 && unit <= 0xdfff ? index - 1 : index
}
