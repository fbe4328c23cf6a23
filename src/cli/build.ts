import { closeSync, openSync, writeSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { loadFixture } from '../fixtures/index.ts'
import { writeAtomically } from '../inspector/atomic.ts'
import { counted } from '../inspector/texts.ts'
import { type Action, collect, type Runner } from './command.ts'
import { APPLICATION_ID, databaseMark, guardOutput, guardSources } from './files.ts'
import { loadOptions, requireFile, type SourceOptions } from './source.ts'

interface BuildOptions extends SourceOptions {
  readonly output: string
  readonly force?: boolean
}

/** `build`: a fixture into a `.db`. */
export function addBuild(program: Command, run: Runner): void {
  program
    .command('build')
    .summary('build a .db from a fixture')
    .description('Builds a fixture into a catalog’s file. Two builds of one fixture are equal, byte for byte.')
    .argument('<yaml>', 'the fixture')
    .requiredOption('-o, --output <db>', 'the file to write')
    .option('--param <name=value>', 'a parameter of the fixture; may be given several times', collect)
    .option('--root <folder>', 'the folder that data files must be in')
    .option('--force', 'overwrite a file that this command did not make')
    .addHelpText('after', '\nExample:\n  $ vitest-deltacat build orders.deltacat.yaml -o orders.db --param bulk=10')
    .action(run(build))
}

const build: Action<BuildOptions> = ({ io, say, paintError }, [path = ''], options) => {
  const source = requireFile(io, path)
  const output = resolve(io.cwd, options.output)
  guardOutput(output, options.output, databaseMark, options.force === true)
  const fixture = loadFixture(source, loadOptions(io, options))
  guardSources(
    output,
    options.output,
    fixture.files.map((file) => file.path),
  )
  writeAtomically(output, (temporary) => {
    fixture.build(temporary).close()
    markDatabase(temporary)
  })
  const deltas = fixture.index.entities.filter(({ kind }) => kind === 'delta').length
  say(`${paintError('✓', 'green')} ${options.output} from ${path}: ${counted(deltas, 'delta')}`)
  return 0
}

/** Writes our application id where SQLite's header has a place for one; SQLite and Python don't mind it. */
function markDatabase(file: string): void {
  const id = Buffer.alloc(4)
  id.writeInt32BE(APPLICATION_ID)
  const descriptor = openSync(file, 'r+')
  try {
    writeSync(descriptor, id, 0, 4, 68)
  } finally {
    closeSync(descriptor)
  }
}
