/** What a failing assertion says: its message, and below it the two texts of which Vitest draws the difference. */
export function failureOf(assertion: () => void): string {
  try {
    assertion()
  } catch (error) {
    return textOf(error)
  }
  throw new Error('the assertion passed')
}

/** The same of an assertion that is awaited. */
export async function rejectionOf(assertion: () => Promise<void>): Promise<string> {
  try {
    await assertion()
  } catch (error) {
    return textOf(error)
  }
  throw new Error('the assertion passed')
}

function textOf(error: unknown): string {
  const { message, actual, expected } = error as Error & { actual?: unknown; expected?: unknown }
  if (typeof actual !== 'string' || typeof expected !== 'string') return message
  return `${message}\n--- expected\n${expected}\n--- actual\n${actual}`
}
