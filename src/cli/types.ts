import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Command } from 'commander'
import { buildOutline } from '../fixtures/load.ts'
import { counted } from '../inspector/texts.ts'
import { type Action, collect, type Runner } from './command.ts'
import { guardOutput, textMark, writeFile } from './files.ts'
import { CliError } from './io.ts'
import { expandFiles, isFixtureName, loadOptions, optionsFor, requireFile, type SourceOptions } from './source.ts'
import { TYPES_MARK, typesOf } from './types-text.ts'

interface TypesOptions extends SourceOptions {
  readonly check?: boolean
  readonly force?: boolean
}

/** `types`: TypeScript declarations of fixtures. */
export function addTypes(program: Command, run: Runner): void {
  program
    .command('types')
    .summary('write TypeScript types of fixtures')
    .description(
      'Writes x.deltacat.d.yaml.ts beside each x.deltacat.yaml: its paths as unions, those of partitions with labels by their values too, its rows as types. TypeScript takes it for the fixture’s import with "allowArbitraryExtensions". Of more than 1,000 deltas without labels the smallest partitions’ are listed; a path into the others takes any number.',
    )
    .argument('<yaml...>', 'fixtures, or quoted patterns of their paths')
    .option('--check', 'write nothing; exit code 1 if a file is missing or out of date')
    .option('--param <name=value>', 'a parameter of the fixtures; may be given several times', collect)
    .option('--root <folder>', 'the folder that data files must be in')
    .option('--force', 'overwrite a file that this command did not make')
    .addHelpText('after', "\nExample:\n  $ vitest-deltacat types 'test/**/*.deltacat.yaml' --check")
    .action(run(types))
}

const types: Action<TypesOptions> = ({ io, say, paintError }, patterns, options) => {
  let stale = 0
  const files = expandFiles(io, patterns)
  const own = optionsFor(io, files, options)
  for (const path of files) {
    const source = requireFile(io, path)
    if (!isFixtureName(path))
      throw new CliError(`${path} is not named *.deltacat.yaml, so it can’t be imported; rename it.`)
    const output = source.replace(/\.(ya?ml)$/, '.d.$1.ts')
    const shown = path.replace(/\.(ya?ml)$/, '.d.$1.ts')
    const outline = buildOutline(source, loadOptions(io, own(path)))
    using catalog = outline.catalog
    const text = typesOf(catalog, outline.index, basename(source))
    const before = existsSync(output) ? readFileSync(output, 'utf8') : null
    if (before === text) continue
    if (options.check) {
      stale += 1
      io.stderr.write(`${shown} is ${before === null ? 'missing' : 'out of date'}; run vitest-deltacat types ${path}\n`)
      continue
    }
    guardOutput(output, shown, textMark(TYPES_MARK), options.force === true)
    writeFile(output, text)
    say(`${paintError('✓', 'green')} ${shown}`)
  }
  if (options.check && stale === 0) say(`${paintError('✓', 'green')} ${counted(files.length, 'file')} up to date`)
  return stale > 0 ? 1 : 0
}
