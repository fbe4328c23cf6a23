import type { Command } from 'commander'
import type { Cell } from '../catalog/index.ts'
import { openFixture } from '../fixtures/index.ts'
import { readHierarchy } from '../inspector/hierarchy.ts'
import { counted, grouped } from '../inspector/texts.ts'
import { type Action, type Context, collect, countOption, ROWS, type Runner } from './command.ts'
import { hierarchyLines } from './inspect-json.ts'
import { type Found, type RecordView, recordsAt, wantedTable } from './inspect-records.ts'
import { CliError } from './io.ts'
import { jsonCell, jsonLine } from './json.ts'
import { openSource, refuseUnused, type SourceOptions } from './source.ts'
import { textTable } from './text-table.ts'
import { textTree } from './tree.ts'
import { oneLine } from './width.ts'

interface InspectOptions extends SourceOptions {
  readonly table?: string
  readonly delta?: string
  readonly view?: string
  readonly deltas?: number
  readonly rows?: number
  readonly json?: boolean
}

const VIEWS: readonly RecordView[] = ['raw', 'merged', 'changes']
const DELTAS = 10

/** `inspect`: what is in a catalog, as a tree, and its records as tables. */
export function addInspect(program: Command, run: Runner): void {
  program
    .command('inspect')
    .summary('show what is in a catalog')
    .description(
      'Shows a catalog as a tree with states, counts and sizes; with --delta, or --table and --view, its records as a table.',
    )
    .argument('<db|yaml>', 'a catalog’s file, or a fixture')
    .option(
      '--table <path>',
      'only this table, as namespace.table, or this version of it; with --view the records of what a path leads to',
    )
    .option('--delta <path>', 'the records of this delta, as namespace.table/partition#delta')
    .option(
      '--view <view>',
      'raw: as they were written; merged: what is left of them; changes: what the delta changed, or a staged one would',
    )
    .option('--deltas <n>', 'how many deltas of a partition to list, or "all"', countOption)
    .option('--rows <n>', 'how many rows to show, or "all"', countOption)
    .option('--param <name=value>', 'a parameter of the fixture; may be given several times', collect)
    .option('--root <folder>', 'the folder that data files must be in')
    .option('--json', 'one JSON object a line; everything unless --deltas or --rows is given')
    .addHelpText(
      'after',
      '\nExamples:\n  $ vitest-deltacat inspect orders.db\n  $ vitest-deltacat inspect orders.deltacat.yaml --delta shop.orders/norway#fix --view changes\n  $ vitest-deltacat inspect orders.db --table shop.orders --view merged',
    )
    .action(run(inspect))
}

const inspect: Action<InspectOptions> = async (context, [path = ''], options) => {
  const view = options.view as RecordView | undefined
  if (view !== undefined && !VIEWS.includes(view))
    throw new CliError(`--view "${view}" is none of ${VIEWS.join(', ')}.`, 2)
  if (view !== undefined && options.table === undefined && options.delta === undefined) {
    throw new CliError(`--view ${view} needs --table or --delta: say whose records to show.`, 2)
  }
  if (view === 'changes' && options.delta === undefined) throw new CliError('--view changes needs --delta.', 2)
  refuseIdle(options)
  refuseUnused([path], options)
  const { catalog, index } = openSource(context.io, path, options)
  try {
    if (options.delta !== undefined || view !== undefined) {
      const at = options.delta ?? (options.table as string)
      const found = recordsAt(catalog, openFixture(catalog, index), at, options.delta !== undefined, view ?? 'raw')
      await (options.json ? printJson(context, found, options) : printTable(context, found, options))
      return 0
    }
    const bar = context.progress('Reading deltas')
    const wanted = options.table === undefined ? {} : wantedTable(catalog, options.table)
    const hierarchy = readHierarchy(catalog, index, {
      ...wanted,
      onDelta: (done) => {
        bar.step(done)
      },
    })
    bar.end()
    const most = options.deltas ?? (options.json ? Number.POSITIVE_INFINITY : DELTAS)
    await context.print(
      options.json ? hierarchyLines(catalog, hierarchy, most) : textTree(catalog, hierarchy, most, context),
    )
    return 0
  } finally {
    catalog.close()
  }
}

/** Refuses options that nothing would come of beside the others. */
function refuseIdle({ table, delta, view, deltas, rows }: InspectOptions): void {
  if (table !== undefined && delta !== undefined)
    throw new CliError('--table and --delta each say what to show; leave one of them out.', 2)
  const isTree = delta === undefined && view === undefined
  if (isTree && rows !== undefined)
    throw new CliError('--rows needs --delta, or --table and --view: the tree shows no rows.', 2)
  if (!isTree && deltas !== undefined)
    throw new CliError('--deltas is for the tree, and --delta and --view show records in its place; leave it out.', 2)
}

async function printTable(
  context: Context,
  { path, about, preview, records, marks }: Found,
  options: InspectOptions,
): Promise<void> {
  const { paint } = context
  const most = Math.min(records.count, options.rows ?? ROWS)
  function* rows(): Generator<{ cells: readonly Cell[]; mark?: '+' | '-' }> {
    let row = 0
    for (const cells of records.rows(0, most)) {
      const mark = marks?.[row]
      yield mark === undefined ? { cells } : { cells, mark }
      row += 1
    }
  }
  const second = preview === undefined ? '' : `${paint(preview, 'yellow')}\n`
  await context.print([`${paint(oneLine(path), 'bold')}  ${paint(about, 'dim')}\n${second}\n`])
  if (records.columns.length > 0) await context.print(textTable(records.columns, rows(), context))
  const left = records.count - most
  const foot =
    left > 0
      ? `${counted(records.count, 'row')}, ${grouped(left)} not shown; --rows all shows them`
      : counted(records.count, 'row')
  await context.print([`\n${paint(foot, 'dim')}\n`])
}

async function printJson(
  context: Context,
  { path, preview, records, marks }: Found,
  options: InspectOptions,
): Promise<void> {
  function* lines(): Generator<string> {
    yield jsonLine('records', {
      path,
      ...(preview !== undefined && { preview }),
      rows: records.count,
      columns: records.columns.map(({ name, type }) => ({ name, type })),
    })
    let row = 0
    for (const cells of records.rows(0, Math.min(records.count, options.rows ?? records.count))) {
      yield jsonLine('record', {
        row,
        ...(marks && { change: marks[row] }),
        cells: Object.fromEntries(records.columns.map(({ name }, index) => [name, jsonCell(cells[index] ?? null)])),
      })
      row += 1
    }
  }
  await context.print(lines())
}
