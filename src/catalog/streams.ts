import type { Context, Implementation } from './context.ts'
import { fail } from './context.ts'
import { checkStreamLocator, checkWhole } from './entity-arguments.ts'
import { CatalogError } from './errors.ts'
import type { ListResult } from './model/list-result.ts'
import { canonicalString, placeOf } from './model/locators.ts'
import type { Stream, StreamLocator } from './model/stream.ts'
import { decodeStream, encodeStream, STORAGE_TYPE } from './model/stream.ts'
import type { TableVersion } from './model/table-version.ts'
import type { PageOptions } from './paging.ts'
import { pageOf } from './paging.ts'
import type { Codec, Stored } from './rows.ts'
import { findStored, insertEntity, listEntities, updateEntity } from './rows.ts'
import type { VersionOption } from './table-versions.ts'
import { findVersion, requireVersion, VERSION_CODEC } from './table-versions.ts'

/** The calls about streams. */
export interface StreamCalls {
  /**
   * Stages a stream that would replace the version's committed one. Takes one id. Throws `not-found` without the
   * version.
   */
  stageStream(namespace: string, tableName: string, options?: VersionOption): Stream
  /**
   * Makes a staged stream the version's committed one; the one before it is deprecated. Throws `conflict` if another
   * stream has been committed since it was staged, `already-exists` if it is committed already.
   */
  commitStream(stream: Stream): Stream
  /** The version's committed stream; `null` without the version. */
  getStream(namespace: string, tableName: string, options?: VersionOption): Stream | null
  /** Every stream of a version, staged and deprecated ones too, in the order in which they were created. */
  listStreams(namespace: string, tableName: string, options?: VersionOption & PageOptions): ListResult<Stream>
}

export const STREAM_CODEC: Codec<Stream> = { table: 'streams', decode: decodeStream, encode: encodeStream }

export const streamCalls: Implementation<StreamCalls> = {
  stageStream: (context, namespace, tableName, options = {}) =>
    context.store.write(() => {
      const version = requireVersion(context, namespace, tableName, options.tableVersion)
      const current = committedStream(context, version)
      const stream: Stream = {
        locator: {
          tableVersionLocator: version.entity.locator,
          streamId: context.ids(),
          storageType: STORAGE_TYPE,
        },
        partitionKeys: current === null ? version.entity.partitionKeys : current.entity.partitionKeys,
        partitionSpec: current === null ? version.entity.partitionSpec : current.entity.partitionSpec,
        state: 'staged',
        previousStreamDigest: current === null ? null : current.locator,
      }
      return insertEntity(context, STREAM_CODEC, canonicalString(stream), version.locator, stream)
    }),

  commitStream(context, stream) {
    const locator = checkStreamLocator(stream)
    checkWhole(stream, 'stream')
    return context.store.write(() => {
      const stored = requireStream(context, locator)
      checkStaged(stored)
      const version = versionOf(context, locator)
      const current = committedStream(context, version)
      if ((current?.locator ?? null) !== stream.previousStreamDigest) {
        throw fail(
          'conflict',
          `The committed stream of ${placeOf(version.entity)} is ${idOf(current)}, not the one that ${named(stored.entity)} was staged to replace; stage a stream again.`,
        )
      }
      if (current !== null) {
        updateEntity(context, STREAM_CODEC, current, { ...current.entity, state: 'deprecated' })
      }
      updateEntity(context, VERSION_CODEC, version, {
        ...version.entity,
        properties: { ...version.entity.properties, stream_id: locator.streamId },
      })
      return updateEntity(context, STREAM_CODEC, stored, { ...stored.entity, state: 'committed' })
    })
  },

  getStream: (context, namespace, tableName, options = {}) =>
    context.store.read(() => {
      const version = findVersion(context, namespace, tableName, options.tableVersion)
      return version === null ? null : (committedStream(context, version)?.entity ?? null)
    }),

  listStreams: (context, namespace, tableName, options = {}) =>
    pageOf(context, options, {
      list: ['listStreams', namespace, tableName, options.tableVersion],
      holder: () => requireVersion(context, namespace, tableName, options.tableVersion).locator,
      read: (...page) => listEntities(context, STREAM_CODEC, ...page),
    }),
}

/** The stream that the version's `stream_id` names. */
export function committedStream(context: Context, version: Stored<TableVersion>): Stored<Stream> | null {
  const streamId = version.entity.properties?.stream_id
  if (typeof streamId !== 'string') return null
  const locator = { tableVersionLocator: version.entity.locator, streamId, storageType: STORAGE_TYPE }
  return findStored(context, STREAM_CODEC, canonicalString(locator))
}

/** The stream at a locator. Throws `not-found` if something above it or it is missing. */
export function requireStream(context: Context, locator: StreamLocator): Stored<Stream> {
  const stored = findStored(context, STREAM_CODEC, canonicalString(locator))
  if (stored !== null) return stored
  const version = versionOf(context, locator)
  const streams = listEntities(context, STREAM_CODEC, version.locator).map(({ item }) => item)
  const there = streams.map(({ locator: { streamId }, state }) => `${JSON.stringify(streamId)} (${state})`)
  throw fail(
    'not-found',
    `There is no stream ${JSON.stringify(locator.streamId)} of ${placeOf(version.entity)}, which has ${there.join(', ') || 'no stream'}.`,
  )
}

/** As `requireStream`. Throws `conflict` if the stream has been replaced: what is written there would never be seen. */
export function requireLiveStream(context: Context, locator: StreamLocator): Stored<Stream> {
  const stored = requireStream(context, locator)
  if (stored.entity.state !== 'deprecated') return stored
  throw fail(
    'conflict',
    `${named(stored.entity, 'Stream')} of ${placeOf(locator)} is deprecated, and nobody would see what is written there; go on with the stream that getStream returns.`,
  )
}

function checkStaged({ entity }: Stored<Stream>): void {
  const place = `of ${placeOf(entity)}`
  if (entity.state === 'committed') {
    const message = `${named(entity, 'Stream')} ${place} is committed already; take error.existing as the answer.`
    throw new CatalogError('already-exists', message, { existing: entity })
  }
  if (entity.state === 'deprecated') {
    throw fail(
      'conflict',
      `${named(entity, 'Stream')} ${place} has been replaced since it was committed; stage a stream again.`,
    )
  }
}

function versionOf(context: Context, { tableVersionLocator }: StreamLocator): Stored<TableVersion> {
  const { tableLocator, tableVersion } = tableVersionLocator
  return requireVersion(context, tableLocator.namespaceLocator.namespace, tableLocator.tableName, tableVersion)
}

function idOf(stream: Stored<Stream> | null): string {
  return stream === null ? 'none' : JSON.stringify(stream.entity.locator.streamId)
}

function named({ locator }: Stream, what = 'stream'): string {
  return `${what} ${JSON.stringify(locator.streamId)}`
}
