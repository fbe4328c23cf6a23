import { configure } from '@testing-library/dom'
import type { TestingLibraryMatchers } from '@testing-library/jest-dom/matchers'
import * as matchers from '@testing-library/jest-dom/matchers'
import { afterEach, expect, type MatchersObject } from 'vitest'
import { mountReport } from '../../src/inspector/client/app.ts'
import { type Chunks, packedChunks } from '../../src/inspector/client/chunks.ts'
import type { ReportView } from '../../src/inspector/model.ts'

// jest-dom's own augmentation does not compile against Vitest 5: its matchers are registered and typed by hand.
declare module 'vitest' {
  interface Matchers extends TestingLibraryMatchers<unknown, void> {}
}
expect.extend(matchers as unknown as MatchersObject)
// A second unless said, which is nothing on a busy machine.
configure({ asyncUtilTimeout: 600_000 })

const gone = (): void => {}
let unmount = gone
const reading = new Set<Promise<unknown>>()

// A page that still reads would draw what it read when this file's document is gone.
afterEach(async () => {
  unmount()
  unmount = gone
  do {
    await Promise.allSettled(reading)
    await new Promise((resolve) => setTimeout(resolve))
  } while (reading.size > 0)
})

/** Builds the page of a report in this test's document, opened by a link with that fragment. */
export function mount(
  report: { readonly view: ReportView; readonly chunks: readonly string[] },
  fragment = '',
): HTMLElement {
  unmount()
  location.hash = fragment
  document.body.replaceChildren()
  const root = document.createElement('div')
  document.body.append(root)
  unmount = mountReport(root, report.view, watched(packedChunks(report.chunks)))
  return root
}

function watched(chunks: Chunks): Chunks {
  return {
    peek: (index) => chunks.peek(index),
    read: (index) => {
      const read = chunks.read(index).finally(() => reading.delete(read))
      reading.add(read)
      return read
    },
  }
}

/** Presses a key on the element that has the focus. */
export function press(key: string, options: KeyboardEventInit = {}): void {
  const target = document.activeElement ?? document.body
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...options }))
}

/** The cells of the rows now drawn in a grid, the first column (number, or part in a difference) included. */
export function rowsOf(grid: HTMLElement): string[][] {
  return Array.from(grid.querySelectorAll('[role="row"]'))
    .slice(1)
    .map((row) => Array.from(row.children, (cell) => cell.textContent ?? ''))
}

/** All nodes of the document: elements, texts, comments. */
export function countNodes(): number {
  const walker = document.createTreeWalker(document, NodeFilter.SHOW_ALL)
  let count = 0
  while (walker.nextNode()) count += 1
  return count
}
