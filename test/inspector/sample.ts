import type {
  CatalogView,
  CellText,
  ColumnView,
  DeltaListView,
  DeltaView,
  FailureErrorView,
  FailureView,
  LineageView,
  NodeView,
  ReportView,
  TableView,
} from '../../src/inspector/model.ts'
import { DELTAS_PER_PAGE, ROWS_PER_PAGE } from '../../src/inspector/model.ts'
import { createPacker } from '../../src/inspector/pack.ts'
import { addBelow, deltaTotals, noTotals, type Totals } from '../../src/inspector/totals.ts'

const orderColumns: readonly ColumnView[] = [
  { name: 'id', type: 'int64!', kind: 'number' },
  { name: 'country', type: 'string', kind: 'text' },
  { name: 'total', type: 'decimal(12,2)', kind: 'number' },
]

/** A table by column from rows. */
function tableOf(columns: readonly ColumnView[], rows: readonly (readonly CellText[])[]): TableView {
  return { columns, cells: columns.map((_, place) => rows.map((row) => row[place] ?? null)) }
}

const entryColumns: readonly ColumnView[] = [
  { name: 'uri', type: 'string', kind: 'text' },
  { name: 'records', type: 'int64', kind: 'number' },
]

type NodeSample = Omit<NodeView, 'totals'> & { readonly totals?: Totals }

/** Nodes with what those below them add up to; partitions bring their own totals. */
export function summedUp(nodes: readonly NodeSample[]): NodeView[] {
  const views = nodes.map((node) => ({ ...node, totals: node.totals ?? noTotals() }))
  const open: (typeof views)[number][] = []
  const close = (depth: number): void => {
    while ((open.at(-1)?.depth ?? -1) >= depth) {
      const child = open.pop() as (typeof views)[number]
      const parent = open.at(-1)
      if (parent) addBelow(parent.totals, child.kind, child.state, child.totals)
    }
  }
  for (const view of views) {
    close(view.depth)
    open.push(view)
  }
  close(0)
  return views
}

interface SampleDelta extends Partial<Omit<DeltaView, 'records'>> {
  readonly rows: readonly (readonly CellText[])[]
}

/** The shop: a partition with a history, one whose cell tries to break out of the page, and an empty one. */
export function sampleReport(failure: FailureView | null = null): { view: ReportView; chunks: readonly string[] } {
  const packer = createPacker()
  const list = (deltas: readonly SampleDelta[], lineage: LineageView): DeltaListView => {
    const views = deltas.map((delta, index): DeltaView => {
      const { rows, ...rest } = delta
      return {
        name: String(index),
        position: 1709251200000 + index,
        type: 'upsert',
        state: 'committed',
        records: rows.length,
        bytes: 1234 * (index + 1),
        effect: { added: rows.length, changed: 0, removed: 0 },
        facts: [
          ['Position', String(1709251200000 + index)],
          ['Author', 'sample 1.0'],
        ],
        manifest: tableOf(entryColumns, [[`cloudpickle://entry-${index}`, String(rows.length)]]),
        pages: [[packer.add([tableOf(orderColumns, rows)]), 0]],
        recordsNote: null,
        ...rest,
      }
    })
    return {
      count: views.length,
      pages: [packer.add(views)],
      lineage: packer.add(lineage),
      lineageNote: null,
      columns: orderColumns,
      primaryKeys: ['id'],
      sortKeys: [],
    }
  }
  const norway = list(
    [
      {
        name: 'seed',
        rows: [
          ['1', 'NO', '10.50'],
          ['2', 'NO', null],
          ['3', 'NO', ''],
        ],
      },
      { name: 'fix', rows: [['2', 'NO', '99.90']], effect: { added: 0, changed: 1, removed: 0 } },
      {
        name: 'refund',
        type: 'delete',
        rows: [['1', null, null]],
        effect: { added: 0, changed: 0, removed: 1 },
        facts: [
          ['Position', '1709251200002'],
          ['Deletes by', 'id'],
          ['Author', 'sample 1.0'],
        ],
      },
      { name: 'pending', type: 'append', state: 'staged', effect: null, rows: [['7', 'NO', '1.00']] },
    ],
    { born: [0, 0, 0, 1], row: [0, 1, 2, 0], gone: [2, 1, -1, -1], before: [-1, -1, -1, 1] },
  )
  const hostile = list(
    [{ name: '<b>bold</b>', rows: [['1', '</script><script>document.title = "broken"</script>', '0.00']] }],
    { born: [0], row: [0], gone: [-1], before: [-1] },
  )
  const node = (
    kind: NodeView['kind'],
    depth: number,
    name: string,
    path: string,
    rest: Partial<NodeSample> = {},
  ): NodeSample => ({
    kind,
    depth,
    name,
    path,
    state: null,
    summary: '',
    facts: [],
    schema: null,
    deltas: null,
    ...rest,
  })
  const schema = tableOf(
    [
      { name: 'column', type: 'string', kind: 'text' },
      { name: 'type', type: 'string', kind: 'text' },
    ],
    [
      ['id', 'int64!'],
      ['country', 'string'],
      ['total', 'decimal(12,2)'],
    ],
  )
  const nodes = summedUp([
    node('catalog', 0, failure?.test ?? 'orders.db', '/work/orders.db', { facts: [['File', '/work/orders.db']] }),
    node('namespace', 1, 'shop', 'shop', { summary: '1 table' }),
    node('table', 2, 'orders', 'shop.orders', { summary: '1 version', facts: [['Description', 'one row an order']] }),
    node('version', 3, 'version 1', 'shop.orders@1', { state: 'active', schema, facts: [['Primary keys', 'id']] }),
    node('stream', 4, 'stream', 'shop.orders@1~stream', { state: 'committed', summary: '3 partitions' }),
    node('partition', 5, 'norway', 'shop.orders/norway', {
      state: 'committed',
      summary: '4 deltas',
      deltas: norway,
      totals: deltaTotals({ totals: { deltas: 4, staged: 1, records: 6, bytes: 12340 } }, false),
      facts: [['Values', 'NO']],
    }),
    node('partition', 5, '<img src=x onerror=alert(1)>', 'shop.orders/"<img src=x onerror=alert(1)>"', {
      state: 'deprecated',
      summary: '1 delta',
      deltas: hostile,
      totals: deltaTotals({ totals: { deltas: 1, staged: 0, records: 1, bytes: 1234 } }, true),
    }),
    node('partition', 5, 'SE', 'shop.orders/SE', {
      state: 'staged',
      summary: 'no deltas',
      deltas: { ...hostile, count: 0, pages: [], lineage: null },
    }),
  ])
  const catalog: CatalogView = { nodes, failure }
  return {
    view: {
      title: 'orders.db',
      generator: 'vitest-deltacat 0.1.0',
      createdAt: '2024-03-01T00:00:00.000Z',
      catalogs: [catalog],
    },
    chunks: packer.chunks,
  }
}

/** A failed assertion: what is given, and nothing else. */
export function errorView(given: Partial<FailureErrorView>): FailureErrorView {
  return { message: '', comparison: null, differences: [], moreDifferences: 0, ...given }
}

/** A failed `toHaveRecords` on the sample's first partition. */
export const sampleFailure: FailureView = {
  test: 'orders > a refund deletes the order',
  file: 'test/orders.test.ts',
  errors: [
    errorView({
      message: 'expected shop.orders/norway to have these records\n\nid=2: total: 99.90 → 10.00',
      comparison: {
        subject: 'shop.orders/norway',
        matcher: 'toHaveRecords',
        columns: orderColumns,
        key: ['id'],
        counts: { equal: 1, changed: 1, missing: 1, unexpected: 0 },
        rows: [
          {
            kind: 'changed',
            expected: ['2', 'NO', '10.00'],
            actual: ['2', 'NO', '99.90'],
            different: [2],
            source: '/work/fixtures/orders.deltacat.yaml:41:9',
          },
          { kind: 'missing', expected: ['4', 'NO', '5.00'], actual: null, different: [] },
        ],
      },
    }),
  ],
}

/** One partition with `deltas` deltas, of which the first has `rows` rows of `columns` columns. */
export function largeReport(
  deltas: number,
  rows: number,
  columns = 6,
): { view: ReportView; chunks: readonly string[] } {
  const packer = createPacker()
  const names = Array.from(
    { length: columns },
    (_, place): ColumnView => ({ name: `column_${place}`, type: 'int64', kind: 'number' }),
  )
  const pages: (readonly [number, number])[] = []
  for (let first = 0; first < rows; first += ROWS_PER_PAGE) {
    const count = Math.min(ROWS_PER_PAGE, rows - first)
    const cells = names.map((_, place) => Array.from({ length: count }, (_, row) => String((first + row) * 10 + place)))
    pages.push([packer.add([{ columns: names, cells }]), 0])
  }
  const one = packer.add([tableOf(names, [names.map((_, place) => String(place))])])
  const deltaPages: number[] = []
  for (let first = 0; first < deltas; first += DELTAS_PER_PAGE) {
    const page = Array.from({ length: Math.min(DELTAS_PER_PAGE, deltas - first) }, (_, offset): DeltaView => {
      const index = first + offset
      return {
        name: String(index),
        position: 1709251200000 + index,
        type: 'append',
        state: 'committed',
        records: index === 0 ? rows : 1,
        bytes: 900,
        effect: { added: index === 0 ? rows : 1, changed: 0, removed: 0 },
        facts: [['Position', String(1709251200000 + index)]],
        manifest: tableOf(entryColumns, [[`cloudpickle://entry-${index}`, '1']]),
        pages: index === 0 ? pages : [[one, 0]],
        recordsNote: null,
      }
    })
    deltaPages.push(packer.add(page))
  }
  const born = [
    ...Array.from({ length: rows }, () => 0),
    ...Array.from({ length: deltas - 1 }, (_, index) => index + 1),
  ]
  const lineage: LineageView = {
    born,
    row: born.map((delta, index) => (delta === 0 ? index : 0)),
    gone: born.map(() => -1),
    before: born.map(() => -1),
  }
  const list: DeltaListView = {
    count: deltas,
    pages: deltaPages,
    lineage: packer.add(lineage),
    lineageNote: null,
    columns: names,
    primaryKeys: [],
    sortKeys: [],
  }
  const base = { state: null, facts: [], schema: null, deltas: null }
  const partitions = Array.from(
    { length: 5000 },
    (_, index): NodeSample => ({
      ...base,
      kind: 'partition',
      depth: 5,
      name: `p${index}`,
      path: `big.log/p${index}`,
      state: 'committed',
      summary: index === 0 ? `${deltas} deltas` : '',
      deltas: index === 0 ? list : null,
    }),
  )
  const nodes = summedUp([
    { ...base, kind: 'catalog', depth: 0, name: 'big.db', path: 'big.db', summary: '' },
    { ...base, kind: 'namespace', depth: 1, name: 'big', path: 'big', summary: '' },
    { ...base, kind: 'table', depth: 2, name: 'log', path: 'big.log', summary: '' },
    { ...base, kind: 'version', depth: 3, name: 'version 1', path: 'big.log@1', summary: '' },
    { ...base, kind: 'stream', depth: 4, name: 'stream', path: 'big.log@1~stream', summary: '' },
    ...partitions,
  ])
  return {
    view: {
      title: 'big.db',
      generator: 'vitest-deltacat 0.1.0',
      createdAt: '2024-03-01T00:00:00.000Z',
      catalogs: [{ nodes, failure: null }],
    },
    chunks: packer.chunks,
  }
}
