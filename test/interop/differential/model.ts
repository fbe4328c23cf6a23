import type { Call, Sequence, Step } from './step.ts'

/**
 * What a sequence has made so far: enough to tell which calls both storages must answer alike. A call on which the
 * mock breaks its interface's promise is never made; the place that leaves it out says why.
 */
export interface Version {
  readonly namespace: string
  readonly table: string
  readonly version: string
  readonly stream: string
  readonly properties: Set<string>
  readonly schema: string | null
  readonly stagedStreams: string[]
  readonly partitions: Partition[]
}

interface Table {
  readonly namespace: string
  readonly name: string
  readonly versions: Version[]
  properties: Set<string>
}

export interface Partition {
  /** Its latest state: the mock changes an object that it commits in place, so nobody there holds an older one. */
  ref: string
  readonly version: Version
  readonly stream: string
  readonly values: readonly string[] | null
  /** The partition that it was staged to replace. */
  readonly previous: Partition | null
  /** How many deltas that one had then: any later one would be lost. */
  readonly seen: number
  state: 'staged' | 'committed' | 'deprecated'
  committed: DeltaState[]
}

export interface DeltaState {
  readonly ref: string
  readonly partition: Partition
  readonly type: 'append' | 'upsert' | 'delete'
  readonly contentType: string | null
  readonly equality: string
  /** Null for a merged delta, which gets its position when it is committed. */
  position: number | null
  state: 'staged' | 'merged' | 'committed'
}

export class Model {
  readonly permissions = new Map<string, Readonly<Record<string, unknown>>>()
  readonly tables: Table[] = []
  readonly partitions: Partition[] = []
  readonly deltas: DeltaState[] = []
  readonly steps: Step[] = []
  private readonly taken: { ids: number; times: number }[] = []
  private ids = 0
  private times = 0

  get versions(): Version[] {
    return this.tables.flatMap((table) => table.versions)
  }

  get sequence(): Sequence {
    return { steps: this.steps, taken: this.taken }
  }

  /** Records a call and what it takes; the name of its result and the time it took, if any. */
  call(call: string, args: Record<string, unknown>, takes: { ids?: number; time?: boolean; as?: string } = {}): number {
    const step: Call = takes.as === undefined ? { call, args } : { call, args, as: takes.as }
    this.steps.push(step)
    this.ids += takes.ids ?? 0
    if (takes.time === true) this.times += 1
    this.taken.push({ ids: this.ids, times: this.times })
    return timeAt(this.times - 1)
  }

  /** Names a part of an earlier result. */
  take(path: string, as: string): void {
    this.steps.push({ take: path, as })
    this.taken.push({ ids: this.ids, times: this.times })
  }

  /** A name that no earlier result has. */
  fresh(prefix: string): string {
    return `${prefix}${this.steps.length}`
  }

  /** The committed partition of a stream for some values; none and an empty list are the same. */
  committedPartition(stream: string, values: readonly string[] | null): Partition | null {
    const wanted = JSON.stringify(values ?? [])
    const found = this.partitions.filter(
      (p) => p.stream === stream && p.state === 'committed' && JSON.stringify(p.values ?? []) === wanted,
    )
    return found[0] ?? null
  }
}

export function lastPosition(partition: Partition): number {
  return partition.committed.reduce((last, delta) => Math.max(last, delta.position ?? 0), 0)
}

/** The clock's n-th reading: a second apart, so that no two positions meet. */
export const timeAt = (n: number): number => 1_700_000_000_000 + 1000 * (n + 1)

/** The n-th id. */
export const idAt = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
