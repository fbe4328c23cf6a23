import { expect, it } from 'vitest'
import {
  ancestors,
  hasChildren,
  indexAmong,
  type NodeAt,
  parentAmong,
  siblingPlace,
  visibleNodes,
} from '../../src/inspector/client/tree-nodes.ts'
import type { CatalogView, NodeView } from '../../src/inspector/model.ts'
import { noTotals } from '../../src/inspector/totals.ts'
import { fc } from '../chance.ts'

const catalogOf = (depths: readonly number[]): CatalogView => ({
  nodes: depths.map((depth, place): NodeView => {
    const name = `${place}`
    const texts = { name, path: name, state: null, summary: '' }
    return { kind: 'table', depth, ...texts, facts: [], totals: noTotals(), schema: null, deltas: null }
  }),
  failure: null,
})

/** A root, and below it levels as they come: each no more than one below the last. */
const catalog = fc.array(fc.nat(2), { maxLength: 30 }).map((steps) => {
  const depths = [0]
  for (const step of steps) depths.push(Math.max(1, Math.min(5, (depths.at(-1) as number) + 1 - step)))
  return catalogOf(depths)
})
const some = fc.tuple(fc.array(catalog, { minLength: 1, maxLength: 4 }), fc.array(fc.boolean(), { maxLength: 120 }))

const everyNode = (catalogs: readonly CatalogView[]): NodeAt[] =>
  catalogs.flatMap(({ nodes }, index) => nodes.map((_, node) => ({ catalog: index, node })))
const nodeOf = (catalogs: readonly CatalogView[], at: NodeAt) => catalogs[at.catalog]?.nodes[at.node] as NodeView

it('tells siblings, children and what is hidden by what stands above a node', () => {
  fc.assert(
    fc.property(some, ([catalogs, choices]) => {
      const all = everyNode(catalogs)
      const parentOf = (at: NodeAt): NodeView | undefined => ancestors(catalogs, at)[0]
      for (const at of all) {
        expect(ancestors(catalogs, at)).toHaveLength(nodeOf(catalogs, at).depth)
        expect(hasChildren(catalogs, at)).toBe(all.some((other) => parentOf(other) === nodeOf(catalogs, at)))
        const siblings = all.filter((other) => parentOf(other) === parentOf(at))
        expect(siblingPlace(catalogs, at)).toEqual([siblings.indexOf(at) + 1, siblings.length])
      }
      const closed = new Set(all.filter((_, index) => choices[index]).map((at) => nodeOf(catalogs, at)))
      const visible = visibleNodes(catalogs, closed)
      expect(visible).toEqual(all.filter((at) => !ancestors(catalogs, at).some((node) => closed.has(node))))
      for (const [index, at] of visible.entries()) {
        expect(indexAmong(visible, at)).toBe(index)
        const parent = visible[parentAmong(catalogs, visible, index)] as NodeAt
        expect(nodeOf(catalogs, parent)).toBe(parentOf(at) ?? nodeOf(catalogs, at))
      }
      for (const at of all) {
        // The highest of the closed ones: what is below it is hidden.
        const hiddenIn = ancestors(catalogs, at).findLast((node) => closed.has(node)) ?? nodeOf(catalogs, at)
        expect(nodeOf(catalogs, visible[indexAmong(visible, at)] as NodeAt)).toBe(hiddenIn)
      }
    }),
    { numRuns: 60 },
  )
})
