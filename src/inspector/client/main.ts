import type { ReportView } from '../model.ts'
import { mountReport } from './app.ts'
import { packedChunks } from './chunks.ts'
import { h } from './dom.ts'

/** Reads the report's two data blocks and builds the page. */
export function start(): void {
  const root = document.querySelector<HTMLElement>('#report')
  const text = (id: string): string => document.querySelector(`#${id}`)?.textContent ?? ''
  if (!root) return
  try {
    const chunks = text('chunks')
    mountReport(root, JSON.parse(text('view')) as ReportView, packedChunks(chunks === '' ? [] : chunks.split('\n')))
  } catch (error) {
    root.replaceChildren(h('p', { role: 'alert' }, `This report can't be shown: ${String(error)}`))
  }
}

start()
