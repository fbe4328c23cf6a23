import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { CatalogError } from '../../src/catalog/errors.ts'
import { tableFromRows } from '../../src/catalog/records/late.ts'
import { door, hasOwnModules } from '../../src/door/door.ts'

const src = new URL('../../src', import.meta.url).href

describe('a door', () => {
  it('has one copy of a module behind it, where Node runs the sources', () => {
    const script = `
      import { CatalogError } from '${src}/catalog/errors.ts'
      import { records, tableFromRows } from '${src}/catalog/records/late.ts'
      import { hasOwnModules } from '${src}/door/door.ts'
      try { tableFromRows([{ id: 1 }, 2]) } catch (error) { console.log(error instanceof CatalogError) }
      console.log(records() === await import('${src}/catalog/records/whole.ts'), hasOwnModules())
    `
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
    expect(output).toBe('true\ntrue true\n')
  })

  it('is opened ahead of time where Vite runs them, as here', () => {
    expect(hasOwnModules()).toBe(false)
    expect(() => tableFromRows([{ id: 1 }, 2 as never])).toThrow(CatalogError)
  })

  it('keeps what it has been filled with', async () => {
    const filled = door<typeof import('../../src/door/probe.ts')>(
      `${src}/door/door.ts`,
      './probe',
      () => import('../../src/door/probe.ts'),
    )
    const module = { own: true }
    filled.fill(module)
    await filled.open()
    expect(filled()).toBe(module)
  })

  it('is opened when those asked for before it have been, whatever became of them', async () => {
    const seen: string[] = []
    const through = (name: string, fails: boolean) =>
      door<object>(`${src}/door/door.ts`, './probe', async () => {
        seen.push(`${name} begins`)
        await new Promise((resolve) => setTimeout(resolve, 5))
        seen.push(`${name} ends`)
        if (fails) throw new Error(name)
        return {}
      })
    const [one, two] = [through('one', true), through('two', false)]
    await expect(one.open()).rejects.toThrow('one')
    await two.open()
    expect(seen.filter((each) => each.startsWith('two'))).toEqual(['two begins', 'two ends'])
    expect(seen.join()).not.toMatch(/begins,\w+ begins/)
  })
})
