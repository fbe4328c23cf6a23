import { randomUUID } from '../door/crypto.ts'
import { checkOptionalJson, checkOptions, checkPosition, invalid, type OptionNames, shown } from './arguments.ts'
import { checkDeltaLocator, checkWhole } from './entity-arguments.ts'
import { mergeManifests } from './manifests.ts'
import type { Properties } from './model/common.ts'
import type { DeleteParameters, Delta } from './model/delta.ts'
import { sameJson } from './model/document.ts'
import type { JsonObject } from './model/json.ts'
import { canonicalString } from './model/locators.ts'
import type { ManifestAuthor } from './model/manifest.ts'
import { ownerOf, remember } from './registry.ts'

/** What a merged delta has besides what it is merged of. */
export interface MergeDeltasOptions {
  /** Who merged them: goes into the manifest. */
  readonly manifestAuthor?: ManifestAuthor | null
  /** `null` unless said: the position is allocated when the delta is committed. */
  readonly streamPosition?: number | null
  /** Free JSON by key; those of the deltas are not taken over. */
  readonly properties?: Properties | null
  /** Gives the id of the merged manifest. Unless said, the ids of the catalog that returned the first delta. */
  readonly ids?: () => string
}

const OPTIONS: OptionNames<MergeDeltasOptions> = {
  manifestAuthor: true,
  streamPosition: true,
  properties: true,
  ids: true,
}

/**
 * One delta of several, to be committed in their place: the entries of all their manifests in order. Takes one id.
 *
 * Throws `invalid-argument` if there are none, one has no manifest, or they differ in partition, type, partition spec
 * or delete parameters.
 */
export function mergeDeltas(deltas: readonly Delta[], options: MergeDeltasOptions = {}): Delta {
  checkOptions('mergeDeltas', options, OPTIONS)
  if (!Array.isArray(deltas)) throw invalid(`The deltas to merge are ${shown(deltas)}; give a list of deltas.`)
  for (const delta of deltas as readonly unknown[]) {
    checkDeltaLocator(delta)
    checkWhole(delta, 'delta')
  }
  const { streamPosition = null } = options
  if (streamPosition !== null) checkPosition(streamPosition, 'streamPosition')
  const [first] = deltas
  if (first === undefined) throw invalid('There are no deltas to merge; give at least one.')
  const manifests = deltas.map(({ manifest, locator }) => {
    if (manifest) return manifest
    throw invalid(
      `The delta at position ${locator.streamPosition} has no manifest; read it with includeManifest: true.`,
    )
  })
  distinct(deltas, 'partition', (delta) => canonicalString(delta.locator.partitionLocator))
  distinct(deltas, 'type', (delta) => delta.type)
  if (
    deltas.some(
      (delta) => !sameJson(delta.partitionSpec as unknown as JsonObject, first.partitionSpec as unknown as JsonObject),
    )
  ) {
    throw invalid('The deltas to merge have different partition specs; merge those with the same.')
  }
  const owner = ownerOf(first)
  const manifest = mergeManifests(manifests, {
    author: options.manifestAuthor ?? null,
    ids: options.ids ?? owner?.ids ?? randomUUID,
  })
  const previous = deltas.map((delta) => delta.previousStreamPosition)
  const merged: Delta = {
    locator: { partitionLocator: first.locator.partitionLocator, streamPosition },
    type: first.type,
    meta: manifest.meta,
    properties: checkOptionalJson(options.properties, 'properties') ?? null,
    manifest,
    previousStreamPosition: previous.includes(null) ? null : Math.max(...(previous as number[])),
    deleteParameters: first.type === 'delete' ? mergedParameters(deltas) : null,
    partitionSpec: null,
  }
  return owner === undefined ? merged : remember(merged, owner)
}

function distinct(deltas: readonly Delta[], what: string, keyOf: (delta: Delta) => unknown): void {
  const found = [...new Set(deltas.map(keyOf))]
  if (found.length === 1) return
  const kinds = what === 'type' ? ` (${found.map(shown).join(', ')})` : ''
  throw invalid(`The deltas to merge are of ${found.length} ${what}s${kinds}; merge those of one ${what}.`)
}

function mergedParameters(deltas: readonly Delta[]): DeleteParameters | null {
  const [first = null, ...others] = deltas.map(({ deleteParameters }) => deleteParameters)
  const different = others.find((other) => !sameJson(other as JsonObject | null, first as JsonObject | null))
  if (different === undefined) return first
  const columns = [first, different].map((each) =>
    each?.equalityColumnNames ? shown(each.equalityColumnNames) : 'the primary keys',
  )
  throw invalid(`The deltas to merge delete by different columns, ${columns.join(' and ')}; merge those with the same.`)
}
