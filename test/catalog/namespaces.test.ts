import { describe, expect, it } from 'vitest'
import { backends, thrownBy } from './backends.ts'

describe.each(backends)('namespaces in a $name', ({ open, reopen }) => {
  it('are listed in the order of their creation, and survive', () => {
    const catalog = open()
    expect(catalog.listNamespaces().items).toEqual([])
    const shop = catalog.createNamespace('shop', { analyst: 'read' })
    const bank = catalog.createNamespace('bank')
    expect(shop).toEqual({ locator: { namespace: 'shop' }, permissions: { analyst: 'read' } })
    expect(bank).toEqual({ locator: { namespace: 'bank' }, permissions: {} })
    expect(catalog.listNamespaces().allItems()).toEqual([shop, bank])
    expect(reopen(catalog).listNamespaces().allItems()).toEqual([shop, bank])
  })

  it('that are there are returned unchanged', () => {
    const catalog = open()
    const first = catalog.createNamespace('shop', { analyst: 'read' })
    expect(catalog.createNamespace('shop', { analyst: 'write' })).toEqual(first)
    expect(catalog.getNamespace('shop')).toEqual(first)
  })

  it('may have no permissions at all', () => {
    const catalog = open()
    expect(catalog.createNamespace('shop', null).permissions).toBeNull()
    expect(reopen(catalog).getNamespace('shop')?.permissions).toBeNull()
  })

  it('are null where they are missing', () => {
    const catalog = open()
    expect(catalog.getNamespace('shop')).toBeNull()
    expect(catalog.namespaceExists('shop')).toBe(false)
    catalog.createNamespace('bank')
    expect(catalog.getNamespace('shop')).toBeNull()
    expect(catalog.namespaceExists('bank')).toBe(true)
  })

  it('keep, clear and replace their permissions', () => {
    const catalog = open()
    catalog.createNamespace('shop', { analyst: 'read', owner: 'me' })
    catalog.updateNamespace('shop')
    expect(catalog.getNamespace('shop')?.permissions).toEqual({ analyst: 'read', owner: 'me' })
    catalog.updateNamespace('shop', { permissions: { analyst: 'write' } })
    expect(catalog.getNamespace('shop')?.permissions).toEqual({ analyst: 'write' })
    catalog.updateNamespace('shop', { permissions: null })
    expect(catalog.getNamespace('shop')?.permissions).toBeNull()
  })

  it('say what is there where one is missing', () => {
    const catalog = open()
    expect(thrownBy(() => catalog.updateNamespace('shop'))).toEqual({
      code: 'not-found',
      message: 'There is no namespace "shop"; the catalog has no namespace.',
    })
    for (let index = 0; index < 12; index += 1) catalog.createNamespace(`n${index}`)
    expect(thrownBy(() => catalog.listTables('shop')).message).toBe(
      'There is no namespace "shop"; the catalog has "n0", "n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8", "n9" and 2 more.',
    )
  })

  it('cannot be renamed', () => {
    const catalog = open()
    catalog.createNamespace('shop')
    expect(thrownBy(() => catalog.updateNamespace('shop', { newNamespace: 'store' }))).toEqual({
      code: 'unsupported',
      message: 'Namespace "shop" cannot be renamed; create one with the new name.',
    })
  })

  it.each([
    ['', 'namespace is ""; give a text that is not empty.'],
    [7, 'namespace is 7; give a text that is not empty.'],
    ['a\ud800', 'namespace "a\\ud800" holds a lone surrogate, which has no UTF-8 form; use well-formed text.'],
  ])('refuse the name %j', (name, message) => {
    const catalog = open()
    const namespace = name as string
    for (const work of [
      () => catalog.createNamespace(namespace),
      () => catalog.getNamespace(namespace),
      () => catalog.listTables(namespace),
    ]) {
      expect(thrownBy(work)).toEqual({ code: 'invalid-argument', message })
    }
  })

  it.each([
    [{ at: new Date(0) }, 'permissions.at is Date 1970-01-01T00:00:00.000Z, which JSON cannot hold'],
    [{ list: [1, 2n] }, 'permissions.list[1] is 2n, which JSON cannot hold'],
    [{ a: { b: Number.NaN } }, 'permissions.a.b is NaN, which JSON cannot hold'],
  ])('refuse permissions that JSON cannot hold', (permissions, message) => {
    const catalog = open()
    expect(thrownBy(() => catalog.createNamespace('shop', permissions as never))).toEqual({
      code: 'invalid-argument',
      message: `${message}; give text, a finite number, a list or an object.`,
    })
    expect(catalog.listNamespaces().items).toEqual([])
  })

  it('refuse permissions that hold themselves', () => {
    const permissions: Record<string, unknown> = {}
    permissions.self = permissions
    expect(thrownBy(() => open().createNamespace('shop', permissions as never)).message).toMatch(
      /^permissions\.self.*… is nested more than 100 levels deep, or in itself; flatten it\.$/,
    )
  })

  it('take names of any text', () => {
    const catalog = open()
    const names = ['a b', 'a|b', "it's", 'æøå', '🎈', 'a.b', '__proto__', ' ']
    for (const name of names) catalog.createNamespace(name)
    expect(Array.from(reopen(catalog).listNamespaces(), ({ locator }) => locator.namespace)).toEqual(names)
  })

  it('keep a key named __proto__', () => {
    const catalog = open()
    const permissions = JSON.parse('{"__proto__": {"a": 1}, "b": 2}') as { b: number }
    catalog.createNamespace('shop', permissions)
    catalog.updateNamespace('shop', { permissions: { ...permissions, b: 3 } })
    expect(JSON.stringify(catalog.getNamespace('shop')?.permissions)).toBe('{"__proto__":{"a":1},"b":3}')
  })
})
