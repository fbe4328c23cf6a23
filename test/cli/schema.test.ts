import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fixtureJsonSchema } from '../../src/fixtures/index.ts'
import { run, testFolder } from './run.ts'

const folder = testFolder()

describe('schema', () => {
  it('prints the JSON Schema', async () => {
    const { code, out, err } = await run(['schema'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const { $comment, ...schema } = JSON.parse(out) as Record<string, unknown>
    expect($comment).toBe('Made by vitest-deltacat schema.')
    expect(schema).toEqual(JSON.parse(JSON.stringify(fixtureJsonSchema())))
  })

  it('writes it to a file, over one that it made', async () => {
    const path = join(folder.path, 'deep/schema.json')
    writeFileSync(join(folder.path, 'package.json'), '{}')
    expect(await run(['schema', '-o', 'schema.json'], { cwd: folder.path })).toEqual({
      code: 0,
      out: '',
      err: '✓ schema.json\n',
    })
    expect(await run(['schema', '-o', 'schema.json'], { cwd: folder.path })).toMatchObject({ code: 0 })
    expect(readFileSync(join(folder.path, 'schema.json'), 'utf8')).toBe((await run(['schema'])).out)
    expect(await run(['schema', '-o', 'package.json'], { cwd: folder.path })).toEqual({
      code: 1,
      out: '',
      err: 'error package.json exists, and this command did not make it; give another path, or --force to overwrite it.\n',
    })
    expect((await run(['schema', '-o', path])).err).toMatch(/the folder .*deep does not exist; create it first\.\n$/)
  })
})
