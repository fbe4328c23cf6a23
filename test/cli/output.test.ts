import { describe, expect, it } from 'vitest'
import { type TextStream, writeLines } from '../../src/cli/io.ts'
import { jsonCell } from '../../src/cli/json.ts'
import { progressBar } from '../../src/cli/progress.ts'
import { textTable } from '../../src/cli/text-table.ts'
import { cut, oneLine, pad, widthOf } from '../../src/cli/width.ts'
import { cellText } from '../../src/inspector/cell-text.ts'
import { counted, instantOf, sized } from '../../src/inspector/texts.ts'

function terminal(isTTY: boolean): { written: string } & TextStream {
  const stream = {
    written: '',
    isTTY,
    write(text: string) {
      stream.written += text
      return true
    },
    once: () => undefined,
  }
  return stream
}

describe('the progress bar', () => {
  const steps = (isTTY: boolean, quiet: boolean): string => {
    const stderr = terminal(isTTY)
    let now = 0
    const bar = progressBar({ stdout: stderr, stderr, cwd: '', env: {} }, 'Verifying', quiet, () => now)
    for (const [at, done] of [
      [500, 10],
      [1000, 50],
      [1050, 60],
      [1200, 75],
    ] as const) {
      now = at
      bar.step(done, 100)
    }
    bar.end()
    return stderr.written
  }
  it('comes after a second, moves every tenth of one, and goes', () => {
    expect(steps(true, false)).toBe(
      '\r\u001b[KVerifying ━━━━━━━━━━━━╌╌╌╌╌╌╌╌╌╌╌╌  50 % of 100\r\u001b[KVerifying ━━━━━━━━━━━━━━━━━━╌╌╌╌╌╌  75 % of 100\r\u001b[K',
    )
  })
  it('stays away from files and pipes, and with --quiet', () => {
    expect(steps(false, false)).toBe('')
    expect(steps(true, true)).toBe('')
  })
  it('counts where the whole is not known', () => {
    const stderr = terminal(true)
    let now = 0
    const bar = progressBar({ stdout: stderr, stderr, cwd: '', env: {} }, 'Reading deltas', false, () => now)
    now = 2000
    bar.step(12_345)
    expect(stderr.written).toBe('\r\u001b[KReading deltas 12,345')
  })
})

describe('writeLines', () => {
  it('waits where the reader is slower', async () => {
    const events: string[] = []
    const stream: TextStream = {
      write(text) {
        events.push(`write ${text.length}`)
        return false
      },
      once(_event, listener) {
        events.push('wait')
        queueMicrotask(() => {
          events.push('drain')
          listener()
        })
      },
    }
    await writeLines(
      stream,
      Array.from({ length: 3 }, () => 'x'.repeat(16_384)),
    )
    expect(events).toEqual([
      'write 16384',
      'wait',
      'drain',
      'write 16384',
      'wait',
      'drain',
      'write 16384',
      'wait',
      'drain',
    ])
  })
})

describe('texts', () => {
  it('are as wide as a terminal shows them', () => {
    expect(['abc', 'å', 'e\u0301', '日本', '👍', '\u001b[31mred\u001b[39m'].map(widthOf)).toEqual([3, 1, 1, 4, 2, 3])
    expect(pad('日本', 6)).toBe('日本  ')
    expect(cut('日本語', 4)).toBe('日…')
  })
  it('can’t move a terminal’s cursor', () => {
    expect(oneLine('a\nb\tc\u001b[2J\u202e')).toBe('a\\nb\\tc\\u001b[2J\\u202e')
  })
  it('count and measure', () => {
    expect([counted(1, 'entry'), counted(1234, 'entry'), counted(0, 'row')]).toEqual([
      '1 entry',
      '1,234 entries',
      '0 rows',
    ])
    expect([0, 999, 1000, 9_949, 9_950, 999_499, 999_500, 2.5e12].map(sized)).toEqual([
      '0 B',
      '999 B',
      '1.0 kB',
      '9.9 kB',
      '10 kB',
      '999 kB',
      '1.0 MB',
      '2.5 TB',
    ])
    expect([instantOf(1709251200004), instantOf(42)]).toEqual(['2024-03-01 00:00:00.004', null])
  })
})

describe('cells', () => {
  it('are exact, as text and as JSON', () => {
    const cell = { a: [1n, -0, null], b: new Uint8Array([0, 255]), 'c d': 'x' }
    expect(cellText(cell)).toBe('{a: [1, -0, null], b: 0x00ff, "c d": "x"}')
    expect(jsonCell(cell)).toEqual({ a: [1, { $float: '-0' }, null], b: { $base64: 'AP8=' }, 'c d': 'x' })
    expect(jsonCell(2n ** 60n)).toEqual({ $int: '1152921504606846976' })
    expect(jsonCell({ $int: 1 })).toEqual({ $struct: { $int: 1 } })
    expect([Number.NaN, Number.NEGATIVE_INFINITY].map(jsonCell)).toEqual([{ $float: 'NaN' }, { $float: '-Infinity' }])
  })
  it('stand in columns, cut where they are long', () => {
    const columns = [
      { name: 'n', type: 'int64', kind: 'number' },
      { name: 'text', type: 'string', kind: 'text' },
    ] as const
    const rows = [
      { cells: [1n, 'x'.repeat(60)] },
      { cells: [1000n, ''], mark: '+' as const },
      { cells: [null, 'a\nb'], mark: '-' as const },
    ]
    expect([...textTable(columns, rows, { paint: (text) => text, clip: cut })].join('')).toBe(
      ['      n  text', '  int64  string', `      1  ${'x'.repeat(39)}…`, '+  1000  ""', '-  null  a\\nb', ''].join(
        '\n',
      ),
    )
  })
})
