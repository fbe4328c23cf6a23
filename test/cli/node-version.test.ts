import { describe, expect, it } from 'vitest'
import { supportedNode, unsupportedNode } from '../../src/cli/node-version.ts'

describe('the Node that runs the program', () => {
  const supported = '^22.14 || ^24 || >=26'

  it.each(['22.14.0', '22.21.1', '24.0.0', '24.21.0', '26.0.0', '27.1.0'])('%s is supported', (version) => {
    expect(unsupportedNode(supported, version)).toBeNull()
  })

  it.each(['18.20.8', '20.20.2', '22.13.1', '23.11.0', '25.2.0'])('%s is told what is', (version) => {
    expect(unsupportedNode(supported, version)).toBe(
      `vitest-deltacat needs Node 22 from 22.14, 24, or 26 and newer; this is ${version}.`,
    )
  })

  it('is held to package.json', () => {
    expect(supportedNode()).toBe(supported)
    expect(unsupportedNode(supportedNode(), process.versions.node)).toBeNull()
  })
})
