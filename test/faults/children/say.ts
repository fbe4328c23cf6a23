import { writeSync } from 'node:fs'

/** Says one line and returns when the operating system has it, so that a kill can't take it back. */
export function say(line: object): void {
  const bytes = Buffer.from(`${JSON.stringify(line)}\n`)
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
    }
  }
}

const cell = new Int32Array(new SharedArrayBuffer(4))

export function sleep(milliseconds: number): void {
  Atomics.wait(cell, 0, 0, milliseconds)
}
