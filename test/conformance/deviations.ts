import type { CatalogErrorCode, JsonValue } from '../../src/catalog/index.ts'
import type { CallStep, Transcript } from './transcript.ts'

/** What ours throws, whole. */
interface Thrown {
  readonly code: CatalogErrorCode
  readonly message: string
}

/** A step, or the final rows, whose outcome differs from the reference's on purpose. */
interface Deviation {
  /** What the mock does, as storage.md's table of differences has it. */
  readonly row: string
  /** Ours in place of the reference's result. */
  readonly returns?: (theirs: JsonValue, transcript: Transcript) => JsonValue
  /** Ours throws where the reference does not. */
  readonly throws?: Thrown
  /** Replayed with these arguments in place of the step's own. */
  readonly args?: { readonly [name: string]: JsonValue }
}

const COUNTER = "tableVersion given by the mock's counter is a number"
const MISSING = 'a missing namespace, table, version or stream: [], None, a crash or a made-up table, by call'
const UPDATES = "updates replace the document and drop what wasn't given; old properties win"
const ACTIVE = 'no table_version: crashes or []; getLatestActiveTableVersion is null if none is active'
const FIRST = 'list_deltas leaves out first_stream_position'
const DELETE = 'delete_stream leaves partitions, deltas and data behind'
const TYPES =
  'content types: Parquet and unescaped TSV, as in the mock; CSV too, so that ORC stands for what is refused'
const IN_PLACE =
  'in-place compaction: the replaced partition comes back committed, the compacted delta stays in a staged one'

const counted: Deviation = { row: COUNTER, returns: versionAsText }
const STAGED_OVER = 'ae9dfce9-68f0-5708-ba7d-975f2599e5e0'

/** By transcript and step; no other step may differ. */
export const deviations: Readonly<Record<string, Readonly<Record<number, Deviation>>>> = {
  walkthrough: Object.fromEntries([11, 12, 13, 16, 21, 22, 23, 24].map((step) => [step, counted])),
  table_versions: {
    10: { row: ACTIVE, returns: () => null },
    12: {
      row: UPDATES,
      returns: (theirs) => ({ ...object(theirs), description: 'first', properties: updatedProperties(theirs) }),
    },
    16: {
      row: MISSING,
      throws: { code: 'not-found', message: 'There is no namespace "none"; the catalog has "shop".' },
    },
    17: {
      row: MISSING,
      throws: { code: 'not-found', message: 'There is no table "none" in namespace "shop", which has "orders".' },
    },
  },
  deltas: {
    9: { row: TYPES, args: { content_type: 'application/orc' } },
    25: {
      row: FIRST,
      returns: (theirs, transcript) => [
        { ...object((transcript.steps[17] as CallStep).returns ?? null), manifest: null },
        ...(theirs as readonly JsonValue[]),
      ],
    },
  },
  in_place_compaction: {
    11: { row: IN_PLACE, returns: inStagedOver },
    13: { row: IN_PLACE, returns: inStagedOver },
    14: {
      row: IN_PLACE,
      returns: (theirs, transcript) => [
        inStagedOver((theirs as readonly JsonValue[])[0] ?? null),
        { ...object((transcript.steps[10] as CallStep).returns ?? null), manifest: null },
      ],
    },
  },
  every_call: { 8: counted, 10: counted, 14: counted },
}

type Rows = Transcript['rows']

/** By transcript: the rows at the end. */
export const rowDeviations: Readonly<Record<string, { readonly row: string; readonly rows: (theirs: Rows) => Rows }>> =
  {
    table_versions: {
      row: UPDATES,
      rows: (theirs) => ({
        ...theirs,
        table_versions: (theirs.table_versions ?? []).map((row, index) => {
          if (index !== 0) return row
          const document = row[2] ?? null
          return [
            row[0] ?? null,
            row[1] ?? null,
            { ...object(document), description: 'first', properties: updatedProperties(document) },
          ]
        }),
      }),
    },
    streams: { row: DELETE, rows: (theirs) => ({ ...theirs, partitions: [], deltas: [], data: [] }) },
    every_call: {
      row: `${DELETE}; ${COUNTER}`,
      rows: (theirs) => ({ ...(versionAsText(theirs as JsonValue) as Rows), partitions: [], deltas: [], data: [] }),
    },
    in_place_compaction: { row: IN_PLACE, rows: compactedRows },
  }

/** What ours says where the reference raises as well. */
export const errors: Readonly<Record<string, Readonly<Record<number, Thrown>>>> = {
  walkthrough: {
    17: {
      code: 'not-found',
      message: 'There is no table "test_table_2" in namespace "hash_bucket_test", which has "test_table".',
    },
  },
  table_versions: {
    4: {
      code: 'invalid-argument',
      message: 'Version "3" of shop.orders is not the next one after "1"; give "2", or leave it out.',
    },
    5: { code: 'already-exists', message: 'Version "1" of shop.orders is there already; the next one is "2".' },
    13: { code: 'not-found', message: 'There is no version "7" of shop.orders, which has "1", "2".' },
  },
  partitions: {
    36: {
      code: 'invalid-argument',
      message: 'partitionValues and partitionFilter are both given; give one of them.',
    },
  },
  deltas: {
    9: {
      code: 'unsupported',
      message:
        'Records of content type "application/orc" can\'t be read or written; use one of application/parquet, application/x-amzn-unescaped-tsv, text/csv, text/tsv, text/psv, application/json, application/feather.',
    },
    11: {
      code: 'invalid-argument',
      message: 'The deltas to merge are of 2 types ("append", "upsert"); merge those of one type.',
    },
    12: { code: 'invalid-argument', message: 'There are no deltas to merge; give at least one.' },
    14: {
      code: 'invalid-argument',
      message: 'The deltas to merge are of 2 types ("append", "upsert"); merge those of one type.',
    },
  },
  every_call: {
    52: { code: 'invalid-argument', message: 'The manifest has no entry 1; valid are 0 to 0.' },
  },
}

/** The version as text, everywhere in a result. */
function versionAsText(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(versionAsText)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, item]) => [
    key,
    key === 'tableVersion' && typeof item === 'number' ? String(item) : versionAsText(item),
  ])
  return Object.fromEntries(entries) as JsonValue
}

/** Ours lets new properties win. */
function updatedProperties(document: JsonValue): JsonValue {
  return { ...object(object(document).properties ?? null), owner: 'b' }
}

/** An entity in the partition that was staged over the first one, where the reference left it in the first. */
function inStagedOver(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(inStagedOver)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, item]) => [
    key,
    key === 'partitionId' ? STAGED_OVER : inStagedOver(item),
  ])
  return Object.fromEntries(entries) as JsonValue
}

/** The first partition changes only its state, the one staged over it is committed, and it has the late delta as well. */
function compactedRows(theirs: Rows): Rows {
  const [first, second] = theirs.partitions ?? []
  const [, , late] = theirs.deltas ?? []
  if (!first || !second || !late) throw new Error('the transcript has changed')
  const replaced = object(first[2] ?? null)
  return {
    ...theirs,
    partitions: [
      [
        ...first.slice(0, 2),
        {
          ...replaced,
          state: 'deprecated',
          previousStreamPosition: null,
          previousPartitionId: null,
          streamPosition: 1700000002000,
        },
      ],
      [...second.slice(0, 2), { ...object(second[2] ?? null), state: 'committed', streamPosition: 1700000005000 }],
    ],
    deltas: [
      ...(theirs.deltas ?? []),
      ['8fce229333a30cc011e63b13449e3c843f557eea|1700000005000', second[0] ?? null, inStagedOver(late[2] ?? null)],
    ],
  }
}

function object(value: JsonValue): { readonly [key: string]: JsonValue } {
  return value as { readonly [key: string]: JsonValue }
}
