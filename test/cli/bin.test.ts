import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeLarge } from './large.ts'
import { root, testFolder } from './run.ts'

const folder = testFolder()
const bin = join(root, 'src/cli/bin.ts')

describe('the program', () => {
  it('ends with the command’s exit code, colours left out of a pipe', () => {
    const options = { cwd: root, encoding: 'utf8' } as const
    const right = spawnSync(process.execPath, [bin, 'inspect', 'fixtures/minimal.deltacat.yaml'], options)
    expect(right.status).toBe(0)
    expect(right.stdout).toMatch(/^ +state +deltas +rows +size\nshop /)
    const wrong = spawnSync(process.execPath, [bin, 'inspect', 'none.db'], options)
    expect([wrong.status, wrong.stdout, wrong.stderr]).toEqual([
      1,
      '',
      'error none.db does not exist; correct the path.\n',
    ])
    expect(spawnSync(process.execPath, [bin, 'build'], options).status).toBe(2)
  })

  it('ends quietly when its reader has seen enough', async () => {
    makeLarge(join(folder.path, 'large.db'), 3000)
    const child = spawn(process.execPath, [bin, 'inspect', 'large.db', '--json'], { cwd: folder.path })
    let err = ''
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString()
    })
    child.stdout.once('data', () => child.stdout.destroy())
    const code = await new Promise((resolve) => child.once('close', resolve))
    expect([code, err]).toEqual([141, ''])
  })
})
