import type { Table } from 'apache-arrow'
import type { DeltaType, SortKey } from '../catalog/model/common.ts'
import { mergeRecords } from '../catalog/records/merge.ts'
import { sharedSchemaFromText } from '../catalog/records/schema.ts'
import type { EffectView, LineageView } from './model.ts'

/** A committed delta with its records. */
export interface LineageDelta {
  /** What errors call it. */
  readonly name?: string
  /** Its number among the partition's deltas, staged ones counted. */
  readonly number: number
  readonly type: DeltaType
  readonly tables: readonly Table[]
  readonly equalityColumnNames?: readonly string[]
}

export interface LineageKeys {
  readonly primaryKeys: readonly string[] | null
  readonly sortKeys: readonly SortKey[] | null
  /** The table version's, as a text; its columns may be keys that no delta has. */
  readonly schema?: string | null
}

/** The lives of a partition's rows, and what each delta did to them. */
export interface Lineage {
  readonly rows: LineageView
  /** By the delta's number. */
  readonly effects: ReadonlyMap<number, EffectView>
}

/**
 * Follows each row of a partition from the delta that brought it to the one that replaced or removed it. The rule is the
 * catalog's own (`readPartition`), which tells of every row that goes.
 *
 * Throws what reading the partition throws.
 */
export function lineageOf(deltas: readonly LineageDelta[], { primaryKeys, sortKeys, schema }: LineageKeys): Lineage {
  const born: number[] = []
  const row: number[] = []
  for (const { number, type, tables } of deltas) {
    if (type === 'delete') continue
    const count = tables.reduce((sum, table) => sum + table.numRows, 0)
    for (let index = 0; index < count; index += 1) {
      born.push(number)
      row.push(index)
    }
  }
  const gone = new Array<number>(born.length).fill(-1)
  const before = new Array<number>(born.length).fill(-1)
  mergeRecords(deltas, {
    primaryKeys,
    sortKeys,
    schema: schema ? sharedSchemaFromText(schema) : null,
    onGone(index, step, by) {
      gone[index] = (deltas[step] as LineageDelta).number
      if (by >= 0) before[by] = index
    },
  })
  return {
    rows: { born, row, gone, before: settled(born, gone, before) },
    effects: effectsOf(deltas, { born, row, gone, before }),
  }
}

/**
 * Where one delta brings a key twice, its last row replaces the first of them, which nobody ever sees: the row before
 * is then the one that the first had replaced.
 */
function settled(born: readonly number[], gone: readonly number[], before: number[]): readonly number[] {
  for (let index = 0; index < before.length; index += 1) {
    let older = before[index] as number
    while (older >= 0 && gone[older] === born[older]) older = before[older] as number
    before[index] = older
  }
  return before
}

function effectsOf(
  deltas: readonly LineageDelta[],
  { born, gone, before }: LineageView,
): ReadonlyMap<number, EffectView> {
  const effects = new Map(deltas.map(({ number }) => [number, { added: 0, changed: 0, removed: 0 }]))
  const replaced = new Set<number>()
  for (let index = 0; index < born.length; index += 1) {
    // A row that its own delta took back was never there.
    if (gone[index] === born[index]) continue
    const older = before[index] as number
    const effect = effects.get(born[index] as number)
    if (effect && older >= 0) {
      effect.changed += 1
      replaced.add(older)
    } else if (effect) effect.added += 1
  }
  for (let index = 0; index < born.length; index += 1) {
    const at = gone[index] as number
    const effect = effects.get(at)
    if (effect && at !== born[index] && !replaced.has(index)) effect.removed += 1
  }
  return effects
}
