import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { inject } from 'vitest'
import type { Interpreters } from './python.ts'

interface Answer {
  readonly id: number
  readonly result?: unknown
  readonly error?: { readonly type: string; readonly message: string; readonly traceback: string }
}

interface Waiting {
  readonly resolve: (result: unknown) => void
  readonly reject: (error: Error) => void
}

/** A Python process that answers requests one after the other; see peer.py. */
export interface Peer {
  ask<T>(op: string, args?: object): Promise<T>
}

function start(interpreter: string): Peer {
  const child: ChildProcessWithoutNullStreams = spawn(interpreter, [join(import.meta.dirname, 'peer.py')], {
    // Ray and the AWS clients look for accounts, dashboards and regions that no test has.
    env: {
      ...process.env,
      PYTHONUTF8: '1',
      PYTHONDONTWRITEBYTECODE: '1',
      AWS_DEFAULT_REGION: 'us-east-1',
      RAY_USAGE_STATS_ENABLED: '0',
    },
  })
  const waiting = new Map<number, Waiting>()
  let complaints = ''
  let count = 0
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-4000)
  })
  const fail = (reason: string): void => {
    for (const { reject } of waiting.values()) reject(new Error(`Python ${reason}. Its last words:\n${complaints}`))
    waiting.clear()
  }
  child.on('error', (error) => fail(`did not start (${error.message})`))
  child.on('exit', (code, signal) => fail(`ended with ${signal ?? code}`))
  createInterface({ input: child.stdout }).on('line', (line) => {
    const answer = JSON.parse(line) as Answer
    const request = waiting.get(answer.id)
    waiting.delete(answer.id)
    if (answer.error === undefined) request?.resolve(answer.result)
    else request?.reject(new Error(`Python: ${answer.error.type}: ${answer.error.message}\n${answer.error.traceback}`))
  })
  // A peer that waits for its next request must not keep the test run alive; it ends when its stdin closes.
  child.unref()
  for (const stream of [child.stdin, child.stdout, child.stderr]) (stream as unknown as { unref(): void }).unref()
  return {
    ask<T>(op: string, args: object = {}): Promise<T> {
      count += 1
      const id = count
      const { promise, resolve, reject } = Promise.withResolvers<unknown>()
      waiting.set(id, { resolve, reject })
      child.stdin.write(`${JSON.stringify({ id, op, args })}\n`)
      return promise as Promise<T>
    },
  }
}

// On the global object, so that all test files of the one worker share the process and its Ray.
const shared = globalThis as { interopPeers?: Map<string, Peer> }
shared.interopPeers ??= new Map()
const peers = shared.interopPeers

function peer(name: keyof Interpreters): Peer {
  const known = peers.get(name)
  if (known !== undefined) return known
  const started = start(inject('interpreters')[name])
  peers.set(name, started)
  return started
}

/** DeltaCAT's storage and compactor with pyarrow 12. */
export const reference = (): Peer => peer('reference')

/** The newest pyarrow. */
export const newer = (): Peer => peer('newer')
