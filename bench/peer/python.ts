import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { interpreters } from '../../test/interop/python.ts'
import type { Remote } from '../contest.ts'

/** DeltaCAT's own environment in a Python process of its own; see peer.py. */
export interface Python {
  /** Does something and returns its result. */
  ask<T>(op: string, args?: object): Promise<T>
  /** A side of a contest: the operation, timed in Python itself. `before` prepares each time, untimed. */
  side(op: string, args?: object, before?: string): Remote
}

interface Answer {
  readonly result: unknown
  readonly error?: string
}

/** Starts the interop tests' Python 3.10, with DeltaCAT, pyarrow 12 and pandas; it ends with this process. */
export function startPython(): Python {
  const child = spawn(interpreters().reference, [join(import.meta.dirname, 'peer.py')], {
    env: { ...process.env, PYTHONUTF8: '1', PYTHONDONTWRITEBYTECODE: '1', AWS_DEFAULT_REGION: 'us-east-1' },
    stdio: ['pipe', 'pipe', process.env.BENCH_PEER_STDERR === undefined ? 'ignore' : 'inherit'],
  })
  process.once('exit', () => child.kill())
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()

  async function ask<T>(request: object): Promise<T> {
    const text = JSON.stringify(request)
    child.stdin.write(`${text}\n`)
    const { value, done } = await lines.next()
    if (done === true) throw new Error(`Python ended during ${text}; BENCH_PEER_STDERR=1 shows its words`)
    const answer = JSON.parse(value) as Answer
    if (answer.error !== undefined) throw new Error(`Python, at ${text}: ${answer.error}`)
    return answer.result as T
  }

  return {
    ask: (op, args = {}) => ask({ op, args }),
    side: (op, args = {}, before) => ({ round: (times) => ask({ op, args, times, before }) }),
  }
}
