import type { FailureView, NodeView, ReportView } from '../../src/inspector/model.ts'
import { noTotals, type Totals } from '../../src/inspector/totals.ts'
import { sampleFailure, sampleReport, summedUp } from './sample.ts'

/** The report of a run: `count` failed tests, each with a catalog of `partitions` partitions and a few levels above. */
export function runReport(count: number, partitions = 16): { view: ReportView; chunks: readonly string[] } {
  const { view, chunks } = sampleReport(sampleFailure)
  const nodes = view.catalogs[0]?.nodes ?? []
  const last = nodes.at(-1) as NodeView
  const more = Array.from({ length: partitions - 3 }, (_, index) => ({
    ...last,
    name: `p${index}`,
    path: `shop.orders/p${index}`,
  }))
  const catalogs = Array.from({ length: count }, (_, index) => {
    const test = `orders > case ${String(index + 1).padStart(2, '0')}`
    const failure: FailureView = { ...sampleFailure, test }
    const root = { ...(nodes[0] as NodeView), name: test, path: `orders.test.ts/case-${index + 1}.db` }
    const all = [root, ...nodes.slice(1), ...more].map((node) => ({
      ...node,
      summary: node.kind === 'stream' ? `${partitions} partitions` : node.summary,
      totals: node.kind === 'partition' ? (node.totals as Totals) : noTotals(),
    }))
    return { nodes: summedUp(all), failure }
  })
  return { view: { ...view, title: `${count} failed tests`, catalogs }, chunks }
}
