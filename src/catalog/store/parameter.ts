/**
 * A parameter of a statement whose value SQLite does not plan by. It looks at one that stands after LIMIT, or is
 * compared with a column without an index, and then compiles the statement anew for every value: 25 µs each time.
 */
export const PARAMETER = '+?'
