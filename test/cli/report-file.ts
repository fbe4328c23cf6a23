import { readFileSync } from 'node:fs'
import { inflateRawSync } from 'node:zlib'
import type { DeltaView, LineageView, NodeView, ReportView, TableView } from '../../src/inspector/model.ts'

/** What a report's file holds, read as the page reads it. */
export interface ReportFile {
  readonly html: string
  readonly view: ReportView
  node(path: string, catalog?: number): NodeView
  deltas(node: NodeView): DeltaView[]
  rows(delta: DeltaView): (string | null)[][]
  lineage(node: NodeView): LineageView | null
}

/** Opens a report. */
export function readReport(path: string): ReportFile {
  const html = readFileSync(path, 'utf8')
  const block = (id: string): string => new RegExp(`id="${id}">([^<]*)</script>`).exec(html)?.[1] ?? ''
  const chunks = block('chunks')
    .split('\n')
    .map((chunk) => JSON.parse(inflateRawSync(Buffer.from(chunk, 'base64')).toString()) as unknown)
  const view = JSON.parse(block('view')) as ReportView
  return {
    html,
    view,
    node: (wanted, catalog = 0) => view.catalogs[catalog]?.nodes.find((node) => node.path === wanted) as NodeView,
    deltas: (node) => (node.deltas?.pages ?? []).flatMap((page) => chunks[page] as DeltaView[]),
    rows: (delta) =>
      delta.pages.flatMap(([chunk, slot]) => {
        const { cells } = (chunks[chunk] as TableView[])[slot] as TableView
        return (cells[0] ?? []).map((_, row) => cells.map((column) => column[row] ?? null))
      }),
    lineage: (node) => (node.deltas?.lineage == null ? null : (chunks[node.deltas.lineage] as LineageView)),
  }
}
