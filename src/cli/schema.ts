import { resolve } from 'node:path'
import type { Command } from 'commander'
import { fixtureJsonSchema } from '../fixtures/index.ts'
import type { Action, Runner } from './command.ts'
import { guardOutput, textMark, writeFile } from './files.ts'

interface SchemaOptions {
  readonly output?: string
  readonly force?: boolean
}

const COMMENT = 'Made by vitest-deltacat schema.'

/** `schema`: the JSON Schema of fixtures. */
export function addSchema(program: Command, run: Runner): void {
  program
    .command('schema')
    .summary('write the JSON Schema of fixtures')
    .description('Writes the JSON Schema (draft-07) of fixtures, by which editors complete and check them.')
    .option('-o, --output <json>', 'the file to write; standard output unless given')
    .option('--force', 'overwrite a file that this command did not make')
    .addHelpText('after', '\nExample:\n  $ vitest-deltacat schema -o .vscode/deltacat.schema.json')
    .action(run(schema))
}

const schema: Action<SchemaOptions> = async (context, _sources, { output, force }) => {
  const text = `${JSON.stringify({ $comment: COMMENT, ...fixtureJsonSchema() }, null, 2)}\n`
  if (output === undefined) {
    await context.print([text])
    return 0
  }
  const file = resolve(context.io.cwd, output)
  guardOutput(file, output, textMark(`{\n  "$comment": "${COMMENT}"`), force === true)
  writeFile(file, text)
  context.say(`${context.paintError('✓', 'green')} ${output}`)
  return 0
}
