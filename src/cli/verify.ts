import type { Command } from 'commander'
import { counted } from '../inspector/texts.ts'
import { type Finding, findingKinds } from '../inspector/verify/codes.ts'
import { verifyCatalog } from '../inspector/verify/verify.ts'
import type { Action, Context, Runner } from './command.ts'
import { CliError } from './io.ts'
import { jsonLine } from './json.ts'
import { isYaml, requireFile } from './source.ts'
import { oneLine, pad } from './width.ts'

interface VerifyOptions {
  readonly json?: boolean
  readonly records: boolean
}

/** `verify`: what is wrong in a file. */
export function addVerify(program: Command, run: Runner): void {
  program
    .command('verify')
    .summary('find what is wrong in a .db')
    .description(
      'Finds what is wrong in a catalog’s file: dangling locators, orphaned data, positions out of order, manifests whose counts lie, records that don’t decode, partitions that can’t be read as a table, states that can’t be, and what the Python mock is known to leave behind. Exit code 1 if there is a wound; notes alone give 0.',
    )
    .argument('<db>', 'the file')
    .option(
      '--no-records',
      'don’t decode records: quicker, and finds all but damaged and miscounted ones and what they keep from being read',
    )
    .option('--json', 'one JSON object a line')
    .addHelpText('after', '\nExample:\n  $ vitest-deltacat verify .vitest/deltacat/orders.test.ts/refund-1a2b3c4d-1.db')
    .action(run(verify))
}

const verify: Action<VerifyOptions> = async (context, [path = ''], options) => {
  if (isYaml(path)) throw new CliError(`${path} is a fixture; verify reads a .db: "check" looks at fixtures.`, 2)
  const file = requireFile(context.io, path)
  const counts = { wounds: 0, notes: 0 }
  const said = { isEmpty: false }
  const onEmpty = (): void => {
    said.isEmpty = true
  }
  const bar = context.progress('Verifying')
  function* findings(): Generator<Finding> {
    for (const found of verifyCatalog(file, { records: options.records, onProgress: bar.step, onEmpty })) {
      if (found.severity === 'wound') counts.wounds += 1
      else counts.notes += 1
      bar.end()
      yield found
    }
  }
  await context.print(options.json ? jsonOf(findings()) : textOf(context, findings()))
  bar.end()
  if (options.json)
    await context.print([jsonLine('summary', { path, ...counts, ...(said.isEmpty && { empty: true }) })])
  else context.say(summaryOf(context, path, counts, said.isEmpty))
  return counts.wounds > 0 ? 1 : 0
}

function* jsonOf(findings: Iterable<Finding>): Generator<string> {
  for (const found of findings) yield jsonLine('finding', { ...found })
}

function* textOf({ paint }: Context, findings: Iterable<Finding>): Generator<string> {
  const explained = new Set<string>()
  for (const { code, severity, place, message } of findings) {
    const kind: { readonly mend: string; readonly mock?: string } = findingKinds[code]
    const head = severity === 'wound' ? paint(pad('wound', 6), 'red', 'bold') : paint(pad('note', 6), 'yellow')
    yield `${head} ${paint(code, 'bold')}  ${oneLine(place)}\n       ${oneLine(message)}\n`
    if (explained.has(code)) continue
    explained.add(code)
    if (kind.mock) yield `       ${paint(`the Python mock: ${kind.mock}`, 'dim')}\n`
    yield `       ${paint(`mend: ${kind.mend}`, 'dim')}\n`
  }
}

function summaryOf(
  { paintError }: Context,
  path: string,
  { wounds, notes }: { wounds: number; notes: number },
  isEmpty: boolean,
): string {
  const empty = isEmpty ? ', and empty: a catalog without a namespace yet' : ''
  if (wounds === 0 && notes === 0) return `${paintError('✓', 'green')} ${path} is sound${empty}`
  const mark = wounds > 0 ? paintError('✗', 'red') : paintError('✓', 'green')
  const parts = [counted(wounds, 'wound'), ...(notes > 0 ? [counted(notes, 'note')] : [])]
  return `${mark} ${path}: ${parts.join(', ')}`
}
