import {
  Bool,
  DateDay,
  Field,
  Float64,
  Int32,
  Int64,
  makeData,
  makeVector,
  RecordBatch,
  Schema,
  Struct,
  Table,
  TimestampMicrosecond,
  Utf8,
  type Vector,
  vectorFromArray,
} from 'apache-arrow'

const ROWS_A_BATCH = 131_072

const schema = new Schema([
  new Field('id', new Int64(), true),
  new Field('quantity', new Int32(), true),
  new Field('price', new Float64(), true),
  new Field('weight', new Float64(), true),
  new Field('country', new Utf8(), true),
  new Field('name', new Utf8(), true),
  new Field('paid', new Bool(), true),
  new Field('at', new TimestampMicrosecond('UTC'), true),
  new Field('day', new DateDay(), true),
  new Field('reference', new Int64(), true),
])
const COUNTRIES = ['NO', 'SE', 'DK', 'FI', 'IS', 'DE', 'PL']

/**
 * A table of ten columns in batches as a reader of Parquet gives them. In every row whose number is a multiple of
 * `changeEvery` one cell, the price, is another.
 */
export function tenColumns(rows: number, changeEvery = 0): Table {
  const batches: RecordBatch[] = []
  for (let start = 0; start < rows; start += ROWS_A_BATCH) {
    batches.push(batchOf(start, Math.min(ROWS_A_BATCH, rows - start), changeEvery))
  }
  return new Table(schema, batches)
}

function batchOf(start: number, length: number, changeEvery: number): RecordBatch {
  const rows = Array.from({ length }, (_, index) => start + index)
  const isChanged = (row: number) => changeEvery > 0 && row % changeEvery === 0
  const columns: readonly Vector[] = [
    makeVector(BigInt64Array.from(rows, BigInt)),
    makeVector(Int32Array.from(rows, (row) => row % 1000)),
    makeVector(Float64Array.from(rows, (row) => (isChanged(row) ? -1 : (row * 7919) % 10_007) / 100)),
    makeVector(Float64Array.from(rows, (row) => Math.sqrt(row))),
    vectorFromArray(
      rows.map((row) => COUNTRIES[row % 7]),
      new Utf8(),
    ),
    vectorFromArray(
      rows.map((row) => `customer ${(row * 31) % 100_003}`),
      new Utf8(),
    ),
    vectorFromArray(
      rows.map((row) => row % 3 === 0),
      new Bool(),
    ),
    makeVector({
      data: BigInt64Array.from(rows, (row) => BigInt(1.7e15 + row * 1000)),
      type: new TimestampMicrosecond('UTC'),
    }),
    makeVector({ data: Int32Array.from(rows, (row) => 19_000 + (row % 2000)), type: new DateDay() }),
    makeVector(BigInt64Array.from(rows, (row) => (BigInt(row) * 0x9e3779b97f4a7c15n) & 0x7fffffffffffffffn)),
  ]
  const children = columns.map((column) => column.data[0]!)
  return new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length, children }))
}
