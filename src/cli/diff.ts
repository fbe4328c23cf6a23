import type { Command } from 'commander'
import { cellText } from '../inspector/cell-text.ts'
import { diffCatalogs } from '../inspector/diff/diff.ts'
import type { Cells, Difference } from '../inspector/diff/difference.ts'
import { counted } from '../inspector/texts.ts'
import { type Action, type Context, collect, countOption, ROWS, type Runner } from './command.ts'
import { CliError } from './io.ts'
import { jsonCell, jsonLine } from './json.ts'
import { openSource, optionsFor, refuseUnused, type SourceOptions } from './source.ts'
import { type Clip, oneLine } from './width.ts'

interface DiffOptions extends SourceOptions {
  readonly ids?: boolean
  readonly view: string
  readonly rows?: number
  readonly json?: boolean
}

/** `diff`: what differs between two catalogs. */
export function addDiff(program: Command, run: Runner): void {
  program
    .command('diff')
    .summary('show what differs between two catalogs')
    .description(
      'Shows what differs between two catalogs: entities, states, schemas, then rows by key. Exit code 1 if they differ. Ids and positions differ between runs and don’t count unless asked for.',
    )
    .argument('<a>', 'a .db or a fixture')
    .argument('<b>', 'a .db or a fixture')
    .option('--ids', 'compare ids and positions too')
    .option(
      '--view <view>',
      'deltas: the records of each delta; merged: what is left of them in each partition',
      'deltas',
    )
    .option(
      '--rows <n>',
      `how many differing rows of a delta or partition to show, or "all"; ${ROWS} unless given`,
      countOption,
    )
    .option(
      '--param <name=value>',
      'a parameter of one of the fixtures, or of both; may be given several times',
      collect,
    )
    .option('--root <folder>', 'the folder that data files must be in')
    .option('--json', 'one JSON object a line')
    .addHelpText(
      'after',
      '\nExample:\n  $ vitest-deltacat diff orders.deltacat.yaml .vitest/deltacat/orders.test.ts/refund-1a2b3c4d-1.db',
    )
    .action(run(diff))
}

const diff: Action<DiffOptions> = async (context, [a = '', b = ''], options) => {
  const { view, ids = false } = options
  if (view !== 'deltas' && view !== 'merged') throw new CliError(`--view "${view}" is none of deltas, merged.`, 2)
  if (options.json && options.rows !== undefined)
    throw new CliError('--rows is for text, and --json gives every row; leave one of them out.', 2)
  refuseUnused([a, b], options)
  const own = optionsFor(context.io, [a, b], options)
  const left = openSource(context.io, a, own(a))
  try {
    const right = openSource(context.io, b, own(b))
    try {
      const bar = context.progress('Comparing')
      let count = 0
      function* differences(): Generator<Difference> {
        for (const difference of diffCatalogs(left, right, {
          ids,
          view: view as 'deltas' | 'merged',
          onProgress: bar.step,
        })) {
          count += 1
          bar.end()
          yield difference
        }
      }
      await context.print(
        options.json ? jsonOf(differences()) : textOf(context, differences(), a, b, options.rows ?? ROWS),
      )
      bar.end()
      if (options.json) await context.print([jsonLine('summary', { a, b, differences: count })])
      else context.say(summaryOf(context, a, b, count))
      return count > 0 ? 1 : 0
    } finally {
      right.catalog.close()
    }
  } finally {
    left.catalog.close()
  }
}

function summaryOf({ paintError }: Context, a: string, b: string, count: number): string {
  if (count === 0) return `${paintError('✓', 'green')} ${a} and ${b} are equal`
  return `${paintError('✗', 'red')} ${a} and ${b}: ${counted(count, 'difference')}`
}

function* jsonOf(differences: Iterable<Difference>): Generator<string> {
  for (const difference of differences) {
    const { kind, ...rest } = difference
    if (kind === 'cell') {
      const { path, key, column, a, b } = difference
      yield jsonLine(kind, { path, key: jsonCells(key), column, a: jsonCell(a), b: jsonCell(b) })
    } else if (kind === 'row') {
      yield jsonLine(kind, {
        path: difference.path,
        in: difference.in,
        key: jsonCells(difference.key),
        cells: jsonCells(difference.cells),
      })
    } else yield jsonLine(kind, rest)
  }
}

function jsonCells(cells: Cells): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(cells).map(([name, cell]) => [name, jsonCell(cell)]))
}

/** Differences under the path that they are about, each path once, with so many of its rows at most. */
function* textOf(
  { paint, clip }: Context,
  differences: Iterable<Difference>,
  a: string,
  b: string,
  most: number,
): Generator<string> {
  const only = { a: [`- only in ${a}`, 'red'], b: [`+ only in ${b}`, 'green'] } as const
  let at = ''
  let rows = 0
  let key: Cells | null = null
  const rest = function* (): Generator<string> {
    if (rows > most) yield `  ${paint(`… and ${counted(rows - most, 'more row')}; --rows all shows them`, 'dim')}\n`
  }
  for (const difference of differences) {
    if (difference.path !== at) {
      yield* rest()
      at = difference.path
      rows = 0
      key = null
      yield `${paint(oneLine(at), 'bold')}\n`
    }
    if (difference.kind === 'row' || difference.kind === 'cell') {
      // The cells of a row come one after the other, with the same key.
      if (difference.key !== key) rows += 1
      key = difference.key
      if (rows > most) continue
    }
    const change = (name: string, left: string, right: string): string =>
      `  ${name}: ${paint(left, 'red')} → ${paint(right, 'green')}\n`
    switch (difference.kind) {
      case 'entity': {
        const [text, colour] = only[difference.in]
        yield `  ${paint(`${text}`, colour)} ${paint(`(${difference.level})`, 'dim')}\n`
        break
      }
      case 'field':
        yield change(difference.field, shownJson(difference.a, clip), shownJson(difference.b, clip))
        break
      case 'column':
        yield change(`column ${oneLine(difference.column)}`, difference.a ?? 'missing', difference.b ?? 'missing')
        break
      case 'cell':
        yield change(
          `${shownCells(difference.key, clip)}  ${oneLine(difference.column)}`,
          shownCell(difference.a, clip),
          shownCell(difference.b, clip),
        )
        break
      case 'row': {
        const [text, colour] = only[difference.in]
        yield `  ${paint(`${text.slice(0, 2)}${shownCells(difference.cells, clip)}`, colour)}\n`
        break
      }
      case 'unreadable':
        yield `  ${paint(`can’t be read in ${difference.in === 'a' ? a : b}: ${oneLine(difference.reason)}`, 'red')}\n`
    }
  }
  yield* rest()
}

/** Columns of a terminal that one value may take. */
const CELL = 120

function shownJson(value: unknown, clip: Clip): string {
  return oneLine(clip(JSON.stringify(value), CELL))
}

function shownCell(cell: Cells[string] | undefined, clip: Clip): string {
  const text = cellText(cell ?? null)
  return text === '' ? '""' : oneLine(clip(text ?? 'null', CELL))
}

function shownCells(cells: Cells, clip: Clip): string {
  return Object.entries(cells)
    .map(([name, cell]) => `${oneLine(name)}=${shownCell(cell, clip)}`)
    .join(' ')
}
