import type { Difference } from '../findings.ts'
import type { MatcherResult } from './context.ts'
import type { EntityName } from './entity-name.ts'
import { failureMessage } from './message/failure-message.ts'
import { counted, type Failure, layOut } from './message/layout.ts'
import { toldApart, visible } from './message/told-apart.ts'

/** Two lists, the texts of their items, and which items fit. */
export interface ListComparison<Received, Expected> {
  readonly received: readonly Received[]
  readonly expected: readonly Expected[]
  readonly order: 'strict' | 'ignore'
  fits(received: Received, expected: Expected): boolean
  receivedText(received: Received): string
  expectedText(expected: Expected): string
}

/** Compares the lists of what an entity of `catalog` holds, each item called `noun`. */
export function matchLists<R, E>(
  lists: ListComparison<R, E>,
  { path, frames, noun, catalog }: EntityName & { readonly noun: string; readonly catalog: object },
): MatcherResult {
  const { received, expected } = lists
  const difference = compareLists(lists)
  if (difference === null) {
    const headline = `${path} has exactly ${counted(received.length, `expected ${noun}`)}, and should not`
    return { pass: true, message: () => layOut({ headline, details: [] }, frames) }
  }
  const headline =
    received.length === expected.length
      ? `${path} has other ${noun}s than expected`
      : `${path} has ${counted(received.length, noun)}, not the ${expected.length} expected`
  const { actual, expected: lines } = difference
  const message = failureMessage(catalog, { headline, ...difference }, frames)
  return { pass: false, message, actual: actual!, expected: lines! }
}

/** The items that differ as details, and both lists as texts of aligned lines; `null` where the lists are equal. */
function compareLists<R, E>(lists: ListComparison<R, E>): Omit<Failure, 'headline'> | null {
  const { received, expected, order } = lists
  const partner = order === 'strict' ? inOrder(lists) : inAnyOrder(lists)
  if (received.length === expected.length && partner.every((index) => index !== -1)) return null
  const paired = new Set(partner)
  const texts = received.map((item) => visible(lists.receivedText(item)))
  const wantedTexts = expected.map((item, k) =>
    partner[k] === -1 ? visible(lists.expectedText(item)) : texts[partner[k]!]!,
  )
  const tell = toldApart([...texts, ...wantedTexts])
  const [found, wanted] = [texts.map(tell), wantedTexts.map(tell)]
  const lines = order === 'strict' ? found : besideExpected(found, partner)
  const what = (k: number): string => (order === 'strict' ? String(k) : 'anywhere')
  const differences = [
    ...wanted.flatMap((expected, k): Difference[] =>
      partner[k] === -1 ? [{ what: what(k), expected, actual: shownInstead(k) ? found[k]! : null }] : [],
    ),
    ...found.flatMap((actual, k): Difference[] =>
      paired.has(k) || shownInstead(k) ? [] : [{ what: what(k), expected: null, actual }],
    ),
  ]
  return {
    details: differences.map((each) => `${order === 'strict' ? `${each.what}: ` : ''}${itemLine(each)}`),
    differences,
    expected: ['list:', ...wanted.map((text) => `  ${text}`)].join('\n'),
    actual: ['list:', ...lines.map((text) => `  ${text}`)].join('\n'),
  }

  /** In order, what stands in an expected item's place is shown with it. */
  function shownInstead(k: number): boolean {
    return order === 'strict' && k < found.length && k < expected.length && partner[k] === -1
  }
}

/** Where the order doesn't count: each received item beside the one that it fits, the others beside those left over. */
function besideExpected(found: readonly string[], partner: readonly number[]): string[] {
  const paired = new Set(partner)
  const others = found.filter((_, k) => !paired.has(k))
  const beside = partner.flatMap((index) => (index === -1 ? others.splice(0, 1) : [found[index]!]))
  return [...beside, ...others]
}

function itemLine({ expected, actual }: Difference): string {
  if (expected === null) return `unexpected ${actual}`
  return `expected ${expected}${actual === null ? '' : `, found ${actual}`}`
}

function inOrder<R, E>({ received, expected, fits }: ListComparison<R, E>): number[] {
  return expected.map((item, k) => (k < received.length && fits(received[k]!, item) ? k : -1))
}

/** As many pairs as can be: an expected item that is vague never takes the only one that another could have. */
function inAnyOrder<R, E>({ received, expected, fits }: ListComparison<R, E>): number[] {
  const partner = expected.map(() => -1)
  const owner = received.map(() => -1)
  const place = (item: number, seen: Set<number>): boolean =>
    received.some((candidate, k) => {
      if (seen.has(k) || !fits(candidate, expected[item]!)) return false
      seen.add(k)
      if (owner[k] !== -1 && !place(owner[k]!, seen)) return false
      owner[k] = item
      partner[item] = k
      return true
    })
  for (const item of expected.keys()) place(item, new Set())
  return partner
}
