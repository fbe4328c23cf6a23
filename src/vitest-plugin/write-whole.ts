import { chmodSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { randomUUID } from '../door/crypto.ts'

/** Writes a file whole or not at all: nobody reads half of one, nor is half of one left where the writing ends early. */
export function writeWhole(path: string, content: string | Buffer, mode?: number): void {
  const draft = `${path}.${randomUUID()}`
  try {
    writeFileSync(draft, content)
    // What a file is created with loses the bits of the process's mask.
    if (mode !== undefined) chmodSync(draft, mode)
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

/** {@link writeWhole} for a file that is there, and somebody's own: its mode stays, and a link to it stays a link. */
export function rewrite(path: string, content: string): void {
  const target = realpathSync(path)
  writeWhole(target, content, statSync(target).mode)
}
