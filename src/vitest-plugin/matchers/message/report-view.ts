import type { DataType } from 'apache-arrow'
import { formatType } from '../../../catalog/records/schema.ts'
import { TypeId } from '../compare/type-ids.ts'
import { valueType } from '../compare/types.ts'
import type { RecordsDifference } from './difference.ts'
import { fileName, type SourcePlace } from './layout.ts'

/** The form in which a report of a kept catalog shows a failed comparison, as plain JSON. */
export interface ComparisonReport {
  readonly subject: string
  readonly matcher: string
  readonly columns: readonly { readonly name: string; readonly type: string; readonly kind: ColumnKind }[]
  readonly key: readonly string[]
  readonly counts: RecordsDifference['counts']
  readonly rows: readonly {
    readonly kind: 'changed' | 'missing' | 'unexpected'
    readonly actual: readonly (string | null)[] | null
    readonly expected: readonly (string | null)[] | null
    readonly different: readonly number[]
    readonly source?: string
  }[]
}

type ColumnKind = 'number' | 'text' | 'time' | 'boolean' | 'binary' | 'nested' | 'unknown'

/** What a failed comparison found, for the report. */
export function comparisonView(
  { columns, key, counts, rows }: RecordsDifference,
  subject: string,
  matcher: string,
  placeOf: (expectedRow: number) => SourcePlace | undefined,
): ComparisonReport {
  return {
    subject,
    matcher,
    columns: columns.map(({ name, type }) => ({ name, type: formatType(type), kind: kindOf(type) })),
    key,
    counts,
    rows: rows.map(({ kind, bare, different, expectedRow }) => {
      const place = placeOf(expectedRow)
      const source = place === undefined ? {} : { source: `${fileName(place.file)}:${place.line}:${place.column}` }
      return { kind, actual: bare.received, expected: bare.expected, different, ...source }
    }),
  }
}

function kindOf(type: DataType): ColumnKind {
  switch (valueType(type).typeId) {
    case TypeId.Int:
    case TypeId.Float:
    case TypeId.Decimal:
      return 'number'
    case TypeId.Utf8:
    case TypeId.LargeUtf8:
    case TypeId.Utf8View:
      return 'text'
    case TypeId.Date:
    case TypeId.Time:
    case TypeId.Timestamp:
    case TypeId.Duration:
      return 'time'
    case TypeId.Bool:
      return 'boolean'
    case TypeId.Binary:
    case TypeId.LargeBinary:
    case TypeId.BinaryView:
    case TypeId.FixedSizeBinary:
      return 'binary'
    case TypeId.List:
    case TypeId.LargeList:
    case TypeId.FixedSizeList:
    case TypeId.Struct:
    case TypeId.Map:
      return 'nested'
    default:
      return 'unknown'
  }
}
