import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { Command } from 'commander'
import { openCatalog } from '../catalog/index.ts'
import { dumpCatalog } from '../fixtures/index.ts'
import { counted } from '../inspector/texts.ts'
import { type Action, collect, countOption, type Runner } from './command.ts'
import { guardOutput, textMark, writeFile } from './files.ts'
import { CliError } from './io.ts'
import { requireFile } from './source.ts'

interface DumpOptions {
  readonly output: string
  readonly maxInlineRows?: number
  readonly table?: readonly string[]
  readonly normalizeIds?: boolean
  readonly force?: boolean
}

const MARK = '# Made by vitest-deltacat dump.'

/** `dump`: a `.db` into a fixture. */
export function addDump(program: Command, run: Runner): void {
  program
    .command('dump')
    .summary('write a .db as a fixture')
    .description(
      'Writes a catalog as YAML, with the records of larger deltas as Parquet files beside it. Building the result gives an equal catalog.',
    )
    .argument('<db>', 'the catalog’s file')
    .requiredOption('-o, --output <yaml>', 'the file to write, named *.deltacat.yaml')
    .option('--max-inline-rows <n>', 'deltas of more rows go to files', countOption)
    .option('--table <namespace.table>', 'only this table; may be given several times', collect)
    .option('--normalize-ids', 'leave out ids and positions: each build makes its own')
    .option('--force', 'overwrite files that this command did not make')
    .addHelpText('after', '\nExample:\n  $ vitest-deltacat dump orders.db -o orders.deltacat.yaml --table shop.orders')
    .action(run(dump))
}

const dump: Action<DumpOptions> = ({ io, say, paintError }, [path = ''], options) => {
  const source = requireFile(io, path)
  const output = resolve(io.cwd, options.output)
  const force = options.force === true
  guardOutput(output, options.output, textMark(MARK), force)
  using catalog = openCatalog(source, { readonly: true })
  const { maxInlineRows, table: tables, normalizeIds } = options
  const { yaml, files } = dumpCatalog(catalog, {
    name: basename(output).replace(/(\.deltacat)?\.ya?ml$/, ''),
    ...(maxInlineRows !== undefined && { maxInlineRows }),
    ...(tables !== undefined && { tables }),
    ...(normalizeIds !== undefined && { normalizeIds }),
  })
  // Data files carry no mark: they are ours where the YAML that they belong to is.
  const isAgain = existsSync(output)
  for (const [name, bytes] of files) {
    const file = join(dirname(output), name)
    if (force || isAgain || !existsSync(file) || readFileSync(file).equals(bytes)) continue
    throw new CliError(
      `${name} exists beside ${options.output}, and this command did not make it; give another path, or --force to overwrite it.`,
    )
  }
  for (const [name, bytes] of files) writeFile(join(dirname(output), name), bytes)
  writeFile(output, `${MARK}\n${yaml}`)
  const beside = files.size > 0 ? ` and ${counted(files.size, 'data file')}` : ''
  say(`${paintError('✓', 'green')} ${options.output}${beside} from ${path}`)
  return 0
}
