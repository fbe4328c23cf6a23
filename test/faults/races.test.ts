import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import { CatalogError, openCatalog } from '../../src/catalog/index.ts'
import { scaled } from '../scale.ts'
import { startChild } from './child.ts'

type Said =
  | { readonly acknowledged: number; readonly position: number; readonly partition: string }
  | { readonly replaced: string; readonly by: string }
  | { readonly refused: string; readonly message: string }

const folder = mkdtempSync(join(tmpdir(), 'deltacat-races-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const writers = scaled(4, 8)
const commits = scaled(25, 200)

describe(`${writers} processes commit ${commits} deltas each while three replace the partition`, () => {
  const path = join(folder, 'race.db')
  const stop = join(folder, 'stop')

  it('loses no acknowledged delta and refuses stale commits, if at all, as conflicts', async () => {
    using catalog = openCatalog(path)
    catalog.createNamespace('race')
    const stream = catalog.createTableVersion('race', 'events')
    catalog.commitPartition(catalog.stagePartition(stream))

    const replacers = ['in-place', 'in-place', 'plain'].map((style) =>
      startChild<Said>('replacer.ts', path, style, stop),
    )
    const children = Array.from({ length: writers }, (_, writer) =>
      startChild<Said>('writer.ts', path, writer, commits, writer % 2 === 0 ? 'together' : 'apart'),
    )
    const wrote = await Promise.all(children.map((child) => child.ended))
    writeFileSync(stop, '')
    const replaced = await Promise.all(replacers.map((child) => child.ended))
    expect([...wrote, ...replaced].map(({ code, signal, complaints }) => ({ code, signal, complaints }))).toEqual(
      Array.from({ length: writers + 3 }, () => ({ code: 0, signal: null, complaints: '' })),
    )

    // Every acknowledged delta is in the partition that won, once.
    const current = catalog.getPartition(stream.locator)
    if (current === null) throw new Error('The race ended without a partition')
    const records = catalog.readPartition(current)
    const rows = Array.from({ length: records.numRows }, (_, i) =>
      ['writer', 'n'].map((name) => Number(records.getChild(name)?.get(i))).join(':'),
    )
    const acknowledged = wrote.flatMap(({ said }, writer) =>
      said.flatMap((line) => ('acknowledged' in line ? [`${writer}:${line.acknowledged}`] : [])),
    )
    expect(acknowledged).toHaveLength(writers * commits)
    expect(rows.toSorted()).toEqual(acknowledged.toSorted())

    // Positions rise: for each writer in the order of its commits, and within every partition there ever was.
    for (const { said } of wrote) {
      const positions = said.flatMap((line) => ('acknowledged' in line ? [line.position] : []))
      expect(positions).toEqual([...new Set(positions)].toSorted((a, b) => a - b))
    }
    const partitions = catalog.listAllPartitions(stream.locator)
    for (const partition of partitions) {
      const deltas = catalog.listPartitionDeltas(partition, { ascendingOrder: true }).allItems()
      const positions = deltas.map((delta) => delta.locator.streamPosition ?? Number.NaN)
      expect(positions).toEqual([...new Set(positions)].toSorted((a, b) => a - b))
    }

    // The replacements are one chain: each acknowledged one replaced the partition that was then current.
    const links = replaced.flatMap(({ said }) => said.flatMap((line) => ('replaced' in line ? [line] : [])))
    const states = Map.groupBy(partitions, (partition) => partition.state)
    expect(states.get('committed')?.map((p) => p.locator.partitionId)).toEqual([current.locator.partitionId])
    expect(
      states
        .get('deprecated')
        ?.map((p) => p.locator.partitionId)
        .toSorted(),
    ).toEqual(links.map((link) => link.replaced).toSorted())
    expect(links.length).toBeGreaterThan(0)

    const refused = [...wrote, ...replaced].flatMap(({ said }) =>
      said.flatMap((l) => ('refused' in l ? [l.refused] : [])),
    )
    expect(new Set(refused)).toEqual(new Set(refused.length === 0 ? [] : ['conflict']))
    const file = new Database(path, { readonly: true })
    expect(file.pragma('integrity_check', { simple: true })).toBe('ok')
    file.close()
  })
})

describe('a second catalog on the file', () => {
  const refusal = (work: () => unknown) => {
    try {
      work()
    } catch (error) {
      if (error instanceof CatalogError) return { code: error.code, message: error.message }
      throw error
    }
    return undefined
  }

  it('is refused the partition that was overtaken after it was staged, and the delta in the one replaced', () => {
    const path = join(folder, 'overtaken.db')
    using first = openCatalog(path)
    using second = openCatalog(path)
    first.createNamespace('race')
    const stream = first.createTableVersion('race', 'events')
    const replaced = first.commitPartition(first.stagePartition(stream))
    const late = second.stageDelta([{ n: 1 }], replaced)
    const overtaken = second.stagePartition(stream)
    const winner = first.commitPartition(first.stagePartition(stream))

    expect(refusal(() => second.commitPartition(overtaken))).toEqual({
      code: 'conflict',
      message: `Partition "${overtaken.locator.partitionId}" of race.events@1/- was staged to replace "${replaced.locator.partitionId}" at position ${replaced.streamPosition}, but "${winner.locator.partitionId}" at position ${winner.streamPosition} is committed now; stage a partition again.`,
    })
    expect(refusal(() => second.commitDelta(late))).toEqual({
      code: 'conflict',
      message: `Partition "${replaced.locator.partitionId}" of race.events@1/- is deprecated, and nobody would see what is written there; go on with the partition that getPartition returns.`,
    })
    expect(first.getPartition(stream.locator)).toEqual(winner)
    expect([second.stateOf(overtaken), second.stateOf(late)]).toEqual(['staged', 'staged'])
  })
})
