/** The candidate that a misspelled word most likely means, or `undefined` where none is near. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase(), bestDistance)
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** `; did you mean "x"?`, or a full stop: the end of a sentence about an unknown word. */
export function didYouMean(word: string, candidates: Iterable<string>, otherwise = '.'): string {
  const found = nearest(word, candidates)
  return found === undefined ? otherwise : `; did you mean "${found}"?`
}

/** Levenshtein's distance, where swapping two neighbours counts half: the commonest slip. Given up at `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const substituted = previous[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1)
      let distance = Math.min(substituted, previous[column]! + 1, current[column - 1]! + 1)
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      if (swapped) distance = Math.min(distance, before[column - 2]! + 0.5)
      current.push(distance)
    }
    before = previous
    previous = current
  }
  return previous[b.length]!
}
