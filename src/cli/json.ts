import type { Cell } from '../catalog/index.ts'

/**
 * A cell as JSON: what JSON has no form for is an object with one key, `{ "$int": "9007199254740993" }` (integers that
 * a double doesn't hold), `{ "$float": "NaN" }` (and the infinities), `{ "$base64": "…" }` (bytes). A struct that looks
 * like one of these is `{ "$struct": { … } }`.
 */
export function jsonCell(cell: Cell): unknown {
  switch (typeof cell) {
    case 'bigint':
      return cell >= Number.MIN_SAFE_INTEGER && cell <= Number.MAX_SAFE_INTEGER ? Number(cell) : { $int: String(cell) }
    case 'number':
      return Number.isFinite(cell) && !Object.is(cell, -0)
        ? cell
        : { $float: Object.is(cell, -0) ? '-0' : String(cell) }
    case 'object':
      if (cell === null) return null
      if (cell instanceof Uint8Array) return { $base64: Buffer.from(cell).toString('base64') }
      if (Array.isArray(cell)) return cell.map(jsonCell)
      return struct(cell as { readonly [name: string]: Cell })
    default:
      return cell
  }
}

function struct(cell: { readonly [name: string]: Cell }): unknown {
  const object = Object.fromEntries(Object.entries(cell).map(([name, value]) => [name, jsonCell(value)]))
  const [only, another] = Object.keys(object)
  return only?.startsWith('$') === true && another === undefined ? { $struct: object } : object
}

/** One line of `--json`: an object whose first key, `kind`, says what it is. */
export function jsonLine(kind: string, value: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify({ kind, ...value })}\n`
}
