import { fc } from '../../chance.ts'
import { Model } from './model.ts'
import * as reads from './reads.ts'
import type { Sequence } from './step.ts'
import { tables } from './tables.ts'
import * as writes from './writes.ts'

/** Kinds of calls, each as often as it is listed. */
const moves: readonly writes.Move[] = [
  writes.createNamespace,
  writes.updateNamespace,
  ...Array<writes.Move>(3).fill(writes.createTableVersion),
  writes.updateTable,
  writes.updateTableVersion,
  writes.stageStream,
  writes.deleteStream,
  ...Array<writes.Move>(4).fill(writes.stagePartition),
  ...Array<writes.Move>(4).fill(writes.commitPartition),
  writes.deletePartition,
  ...Array<writes.Move>(9).fill(writes.stageDelta),
  ...Array<writes.Move>(8).fill(writes.commitDelta),
  ...Array<writes.Move>(2).fill(writes.mergeDeltas),
  reads.readNamespace,
  reads.readTable,
  reads.readPartition,
  reads.readPartition,
  reads.readDeltas,
  reads.readDeltas,
  reads.readRecords,
  reads.readRecords,
]

/** Shares no factor with the number of moves. */
const stride = 7

const nat = fc.nat({ max: 9999 })
const dice: fc.Arbitrary<writes.Dice> = fc.record({
  kind: nat,
  picks: fc.tuple(nat, nat, nat, nat),
  parquet: tables(false),
  text: tables(true),
})

/** Plays the dice: each makes the call of its kind, or of another kind that fits. */
function play(rolls: readonly (writes.Dice | null)[]): Sequence {
  const model = new Model()
  for (const roll of rolls) {
    if (roll === null) continue
    const start = model.permissions.size === 0 ? 0 : model.tables.length === 0 ? 2 : roll.kind % moves.length
    // In strides, so that a kind that seldom fits isn't always replaced by its neighbour.
    const order = Array.from(moves, (_, i) => (start + i * stride) % moves.length)
    order.find((i) => moves[i]?.(model, roll))
  }
  return model.sequence
}

/** Sequences of `length` calls on which the mock keeps its interface's promise; they shrink by leaving calls out. */
export function sequences(length: number): fc.Arbitrary<Sequence> {
  const roll = fc.option(fc.noBias(dice), { freq: 2 ** 20 })
  return fc.array(roll, { minLength: length, maxLength: length }).map(play)
}
