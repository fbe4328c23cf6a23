/** What is said of a kind of finding: where it comes from, and what to do. */
export interface FindingKind {
  /** `wound`: data is lost, hidden or unreadable, or soon will be. `note`: unusual, but nothing is lost. */
  readonly severity: 'wound' | 'note'
  readonly what: string
  readonly mend: string
  /** Known of the Python mock: what it does, so that the finding doesn't surprise. */
  readonly mock?: string
}

const restore = 'Restore the file from a copy.'
const rebuild = 'Remove the row, or restore the file from a copy.'

/** Every kind of finding by its code. The documentation's table is made from this one. */
export const findingKinds = {
  'not-a-catalog': { severity: 'wound', what: 'The file can’t be opened as a catalog at all.', mend: restore },
  'damaged-database': { severity: 'wound', what: 'SQLite’s own check of the file’s pages fails.', mend: restore },
  'wrong-columns': {
    severity: 'wound',
    what: 'A table has other columns than Python inserts into, by position.',
    mend: 'Copy its rows into a table of the right columns.',
  },
  'foreign-trigger': {
    severity: 'wound',
    what: 'A trigger stands on a catalog’s table and changes what is written.',
    mend: 'Drop it.',
  },
  'null-locator': { severity: 'wound', what: 'A row has no text as its key, so nothing can find it.', mend: rebuild },
  'not-json': { severity: 'wound', what: 'A document is no JSON object.', mend: rebuild },
  'wrong-shape': {
    severity: 'wound',
    what: 'A document lacks a key, or has a value of the wrong type.',
    mend: rebuild,
  },
  'locator-mismatch': {
    severity: 'wound',
    what: 'A row’s key is not the one that its document’s names and ids give.',
    mend: 'Correct the document, or the key.',
  },
  'parent-mismatch': {
    severity: 'wound',
    what: 'A row stands under another parent than its document names.',
    mend: 'Correct the document, or the row’s parent.',
  },
  'no-namespace': {
    severity: 'wound',
    what: 'A table’s namespace is missing.',
    mend: 'Create the namespace, or remove the table.',
  },
  'no-table': { severity: 'wound', what: 'A version’s table is missing.', mend: rebuild },
  'no-version': { severity: 'wound', what: 'A stream’s table version is missing.', mend: rebuild },
  'no-stream': {
    severity: 'wound',
    what: 'A partition’s stream is missing, though the file still speaks of it.',
    mend: rebuild,
  },
  'mock-deleted-stream': {
    severity: 'wound',
    what: 'A partition is left over of a stream that was deleted.',
    mend: 'Remove it with its deltas and their data; a new version of that number would find them again.',
    mock: 'its delete_stream removes streams and version, and leaves partitions, deltas and data behind.',
  },
  'no-partition': { severity: 'wound', what: 'A delta’s partition is missing.', mend: rebuild },
  'unknown-state': {
    severity: 'wound',
    what: 'A stream or partition is neither staged, committed nor deprecated.',
    mend: 'Set its state.',
  },
  'unknown-lifecycle': {
    severity: 'wound',
    what: 'A version has a lifecycle state that there is not.',
    mend: 'Set its lifecycleState.',
  },
  'unknown-type': { severity: 'wound', what: 'A delta is neither append, upsert nor delete.', mend: 'Set its type.' },
  'no-committed-stream': {
    severity: 'wound',
    what: 'A version’s stream_id names no stream, or one that is not committed.',
    mend: 'Set stream_id to the committed stream’s id.',
  },
  'mock-replaced-stream': {
    severity: 'note',
    what: 'A stream that has been replaced is still called committed.',
    mend: 'None needed: the version’s stream_id says which one counts.',
    mock: 'its commit_stream leaves the stream before as it was.',
  },
  'stream-without-predecessor': { severity: 'wound', what: 'A stream replaces one that is missing.', mend: rebuild },
  'two-committed-partitions': {
    severity: 'wound',
    what: 'Two partitions of the same values are committed in one stream: only the first is ever found.',
    mend: 'Deprecate the one that has been replaced.',
  },
  'partition-without-predecessor': {
    severity: 'wound',
    what: 'A partition replaces one that is missing.',
    mend: rebuild,
  },
  'mock-in-place': {
    severity: 'wound',
    what: 'A partition is its own predecessor: what was compacted in place stays in a staged partition, unseen.',
    mend: 'Compact again, through a catalog that commits in place.',
    mock: 'its commit_partition with a previous partition of the same values commits the old one again.',
  },
  'mock-stale-commit': {
    severity: 'wound',
    what: 'Two partitions have replaced the same one: what the first of them brought is gone.',
    mend: 'Commit the lost deltas again.',
    mock: 'its commit_partition doesn’t look whether the partition it was staged against is still the current one.',
  },
  'mock-lost-delta': {
    severity: 'wound',
    what: 'A delta was committed to a partition that had been replaced: acknowledged, and never seen.',
    mend: 'Stage and commit its records again.',
    mock: 'it commits to deprecated partitions, and doesn’t carry late deltas over.',
  },
  'mock-duplicate-commit': {
    severity: 'wound',
    what: 'One manifest is committed twice in a partition.',
    mend: 'Remove the second delta.',
    mock: 'a merged delta that is committed again, because the answer was lost, gets a new position.',
  },
  'mock-vanished-delta': {
    severity: 'wound',
    what: 'Records stand in the file that no delta names: their delta vanished.',
    mend: 'Stage and commit them again; reading them needs the row’s URI.',
    mock: 'deltas staged in one millisecond get one position, and all but the first are ignored; a commit at a position that is taken overwrites.',
  },
  'orphaned-data': {
    severity: 'wound',
    what: 'A data row of a foreign URI belongs to no delta.',
    mend: 'Remove it, if nothing else needs it.',
  },
  'bad-position': {
    severity: 'wound',
    what: 'A position is no integer that every reader keeps exactly, or is missing.',
    mend: restore,
  },
  'positions-out-of-order': {
    severity: 'wound',
    what: 'A position is below the one that it comes after.',
    mend: restore,
  },
  'missing-data': { severity: 'wound', what: 'A manifest names records that are not in the file.', mend: restore },
  'empty-data': { severity: 'wound', what: 'A manifest names a data row that holds nothing.', mend: restore },
  'content-length': {
    severity: 'wound',
    what: 'Records are shorter or longer than the manifest says.',
    mend: 'Correct content_length, or restore the records.',
  },
  'record-count': {
    severity: 'wound',
    what: 'There are more or fewer records than the manifest says.',
    mend: 'Correct record_count, or restore the records.',
  },
  'manifest-totals': {
    severity: 'wound',
    what: 'A manifest’s totals are not the sums of its entries.',
    mend: 'Correct the totals.',
  },
  'delta-meta': {
    severity: 'wound',
    what: 'A delta’s own meta differs from its manifest’s.',
    mend: 'Correct the meta.',
  },
  undecodable: { severity: 'wound', what: 'Records can’t be decoded.', mend: restore },
  'unknown-content-type': {
    severity: 'wound',
    what: 'Records are of a type or encoding that DeltaCAT doesn’t have.',
    mend: 'Correct the entry’s content_type.',
  },
  'unreadable-partition': {
    severity: 'wound',
    what: 'A committed delta keeps its partition from being read as a table: its columns’ types, or a column that it or a key goes by, don’t go with the deltas beside it.',
    mend: 'Stage the partition’s deltas again in a new partition, this one corrected, and commit that: it takes this one’s place. A schema that coerces or validates keeps such records out.',
  },
  'unreadable-here': {
    severity: 'note',
    what: 'Records are of a type that this catalog doesn’t read.',
    mend: 'None needed: DeltaCAT reads them.',
  },
  'mock-delete-parameters': {
    severity: 'wound',
    what: 'A delta’s delete_parameters are in a list, which DeltaCAT’s compactor can’t read.',
    mend: 'Take the object out of the list.',
    mock: 'its merge_deltas of a single delete leaves them so.',
  },
  'mock-version-number': {
    severity: 'note',
    what: 'A table version is a number where a text belongs.',
    mend: 'None needed: both are read.',
    mock: 'its create_table_version without a version counts in numbers.',
  },
  'values-not-strings': {
    severity: 'note',
    what: 'Partition values other than strings crash the Python mock’s look-ups.',
    mend: 'Use strings where Python reads the file.',
  },
  'values-join-equal': {
    severity: 'note',
    what: 'Two lists of partition values are equal once joined with commas: the Python mock finds the wrong partition.',
    mend: 'Use values that differ when joined.',
  },
  'values-not-keys': {
    severity: 'note',
    what: 'A partition has more or fewer values than its table has partition keys.',
    mend: 'Stage its deltas again in a partition of as many values.',
  },
  'row-outside-partition': {
    severity: 'note',
    what: 'A record has another value in the column of a partition key than its partition. Deletes and nulls aren’t asked, nor are floats and times, which a value may be written for in several ways.',
    mend: 'Stage it again in the partition of its value.',
  },
  'opaque-schema': {
    severity: 'note',
    what: 'A schema is a text that is no Arrow schema.',
    mend: 'None needed: it is kept as it is.',
  },
  'key-not-in-records': {
    severity: 'note',
    what: 'Records lack a column of the primary key, which then is null for them, or one that a delete goes by that doesn’t count.',
    mend: 'Stage them with the column.',
  },
} as const satisfies Readonly<Record<string, FindingKind>>

export type FindingCode = keyof typeof findingKinds

/** Something that `verify` found. */
export interface Finding {
  readonly code: FindingCode
  readonly severity: FindingKind['severity']
  /** The table and key of the row; `null` where it is about the whole file. */
  readonly table: string | null
  readonly locator: string | null
  /** Where people would look for it, with a delta's position: `shop.orders/NO#1709251200000`. */
  readonly place: string
  /** What is wrong here, with the values. */
  readonly message: string
}

/** A finding of a kind. */
export function finding(
  code: FindingCode,
  table: string | null,
  locator: string | null,
  place: string,
  message: string,
): Finding {
  return { code, severity: findingKinds[code].severity, table, locator, place, message }
}
