import { existsSync, readFileSync, rmSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { Command } from 'commander'
import { openCatalog } from '../catalog/index.ts'
import { dumpCatalog } from '../fixtures/index.ts'
import { counted } from '../inspector/texts.ts'
import { type Action, collect, countOption, type Runner } from './command.ts'
import { guardOutput, guardSources, textMark, writeFile } from './files.ts'
import { CliError } from './io.ts'
import { isFixtureName, isYaml, requireFile } from './source.ts'

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
  if (isYaml(path)) throw new CliError(`${path} is a fixture already; dump reads a .db.`, 2)
  if (!isFixtureName(options.output))
    throw new CliError(`${options.output} is not named *.deltacat.yaml, so it can’t be imported; give another name.`, 2)
  const source = requireFile(io, path)
  const output = resolve(io.cwd, options.output)
  const force = options.force === true
  guardOutput(output, options.output, textMark(MARK), force)
  guardSources(output, options.output, [source])
  using catalog = openCatalog(source, { readonly: true })
  const { maxInlineRows, table: tables, normalizeIds } = options
  const { yaml, files } = dumpCatalog(catalog, {
    name: stemOf(output),
    ...(maxInlineRows !== undefined && { maxInlineRows }),
    ...(tables !== undefined && { tables }),
    ...(normalizeIds !== undefined && { normalizeIds }),
  })
  const beside = (name: string): string => join(dirname(output), name)
  const before = filesOfDump(output)
  for (const [name, bytes] of files) {
    if (force || before.has(name) || !existsSync(beside(name)) || readFileSync(beside(name)).equals(bytes)) continue
    throw new CliError(
      `${name} exists beside ${options.output}, and this command did not make it; give another path, or --force to overwrite it.`,
    )
  }
  for (const [name, bytes] of files) writeFile(beside(name), bytes)
  writeFile(output, `${MARK}\n${yaml}`)
  // The last dump's, which nothing names any more.
  for (const name of before) if (!files.has(name)) rmSync(beside(name), { force: true })
  const more = files.size > 0 ? ` and ${counted(files.size, 'data file')}` : ''
  say(`${paintError('✓', 'green')} ${options.output}${more} from ${path}`)
  return 0
}

/** The data files of the dump that stands at `output`: they carry no mark, but the YAML that names them does. */
function filesOfDump(output: string): ReadonlySet<string> {
  if (!existsSync(output)) return new Set()
  const yaml = readFileSync(output, 'utf8')
  if (!yaml.startsWith(MARK)) return new Set()
  const stem = stemOf(output)
  const named = Array.from(
    yaml.matchAll(/\bfile: (?:"([^"]+)"|([^\s,}]+))/g),
    ([, quoted, plain]) => quoted ?? plain ?? '',
  )
  return new Set(named.filter((name) => name.startsWith(`${stem}.`) && /^\.\d+\.\w+$/.test(name.slice(stem.length))))
}

function stemOf(output: string): string {
  return basename(output).replace(/\.deltacat\.ya?ml$/, '')
}
