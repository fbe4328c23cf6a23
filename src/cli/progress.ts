import { grouped } from '../inspector/texts.ts'
import type { Io } from './io.ts'

/** Tells how far work has come. */
export interface Progress {
  /** `done` so far, of `total` where that is known. */
  step(done: number, total?: number): void
  /** Takes the bar away. */
  end(): void
}

const PATIENCE = 1000
const PAUSE = 100
const WIDTH = 24

/**
 * A bar on stderr, for work that takes over a second: only on a terminal, and not with `quiet`.
 *
 * @param label what is done, `Reading deltas`
 * @param now milliseconds
 */
export function progressBar(io: Io, label: string, quiet: boolean, now: () => number = Date.now): Progress {
  if (quiet || io.stderr.isTTY !== true) return { step: () => undefined, end: () => undefined }
  const began = now()
  let last = began
  let drawn = false
  return {
    step(done, total) {
      const at = now()
      if (at - began < PATIENCE || at - last < PAUSE) return
      last = at
      drawn = true
      io.stderr.write(`\r\u001b[K${label} ${total === undefined ? grouped(done) : bar(done, total)}`)
    },
    end() {
      if (drawn) io.stderr.write('\r\u001b[K')
      drawn = false
    },
  }
}

function bar(done: number, total: number): string {
  const part = total > 0 ? Math.min(1, done / total) : 1
  const filled = '━'.repeat(Math.round(part * WIDTH)).padEnd(WIDTH, '╌')
  return `${filled} ${String(Math.floor(part * 100)).padStart(3)} % of ${grouped(total)}`
}
