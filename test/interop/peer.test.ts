import { describe, expect, it } from 'vitest'
import { newer, reference } from './peer.ts'

describe('the Python peers', () => {
  it('are the pinned reference and a pyarrow of at least 25', async () => {
    expect(await reference().ask('hello')).toEqual({ python: expect.stringMatching(/^3\.10\./), pyarrow: '12.0.1' })
    const { pyarrow } = await newer().ask<{ pyarrow: string }>('hello')
    expect(Number.parseInt(pyarrow, 10)).toBeGreaterThanOrEqual(25)
  })

  it('say what went wrong in Python', async () => {
    await expect(reference().ask('rows', { path: '/absent.db' })).rejects.toThrow(
      'Python: OperationalError: unable to open database file',
    )
  })
})
