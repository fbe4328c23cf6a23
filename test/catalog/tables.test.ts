import { describe, expect, it } from 'vitest'
import { backends, thrownBy } from './backends.ts'
import { shopIn } from './shop.ts'

describe.each(backends)('tables in a $name', ({ open, reopen }) => {
  it('come with their first version, and stay in order', () => {
    const catalog = open()
    shopIn(catalog, { tableDescription: 'one row an order', tablePermissions: { a: 'r' }, tableProperties: { p: '1' } })
    catalog.createTableVersion('shop', 'customers')
    catalog.createTableVersion('shop', 'orders', { tableDescription: 'not used: the table is there already' })
    const orders = {
      locator: { namespaceLocator: { namespace: 'shop' }, tableName: 'orders' },
      permissions: { a: 'r' },
      description: 'one row an order',
      properties: { p: '1' },
    }
    expect(catalog.getTable('shop', 'orders')).toEqual(orders)
    catalog.updateTable('shop', 'orders', { properties: { q: '2' } })
    expect(reopen(catalog).listTables('shop').allItems()).toEqual([
      { ...orders, properties: { p: '1', q: '2' } },
      {
        locator: { namespaceLocator: { namespace: 'shop' }, tableName: 'customers' },
        permissions: null,
        description: null,
        properties: null,
      },
    ])
  })

  it('keep what is undefined, clear what is null, merge properties and replace permissions', () => {
    const catalog = open()
    shopIn(catalog, {
      tableDescription: 'd',
      tablePermissions: { a: 'r', b: 'r' },
      tableProperties: { p: '1', q: '2' },
    })
    catalog.updateTable('shop', 'orders', { permissions: { a: 'w' }, properties: { q: '3', r: '4' } })
    expect(catalog.getTable('shop', 'orders')).toMatchObject({
      description: 'd',
      permissions: { a: 'w' },
      properties: { p: '1', q: '3', r: '4' },
    })
    catalog.updateTable('shop', 'orders', { permissions: null, description: null, properties: null })
    expect(catalog.getTable('shop', 'orders')).toMatchObject({ description: null, permissions: null, properties: null })
    catalog.updateTable('shop', 'orders', { properties: { s: '5' } })
    expect(catalog.getTable('shop', 'orders')?.properties).toEqual({ s: '5' })
  })

  it('are null, or not there, where they are missing', () => {
    const catalog = open()
    expect(catalog.getTable('shop', 'orders')).toBeNull()
    expect(catalog.tableExists('shop', 'orders')).toBe(false)
    shopIn(catalog)
    expect(catalog.tableExists('shop', 'orders')).toBe(true)
    expect(catalog.getTable('shop', 'order')).toBeNull()
  })

  it('of a missing namespace, or missing themselves, are named with what is there', () => {
    const catalog = open()
    shopIn(catalog)
    expect(thrownBy(() => catalog.listTables('shap'))).toEqual({
      code: 'not-found',
      message: 'There is no namespace "shap"; the catalog has "shop".',
    })
    for (const work of [
      () => catalog.updateTable('shop', 'order'),
      () => catalog.listTableVersions('shop', 'order'),
      () => catalog.listPartitions('shop', 'order'),
      () => catalog.listDeltas('shop', 'order'),
      () => catalog.listStreams('shop', 'order'),
      () => catalog.stageStream('shop', 'order'),
      () => catalog.deleteStream('shop', 'order'),
      () => catalog.deletePartition('shop', 'order'),
      () => catalog.updateTableVersion('shop', 'order', '1'),
      () => catalog.getTableVersionSchema('shop', 'order'),
      () => catalog.getTableVersionColumnNames('shop', 'order'),
    ]) {
      expect(thrownBy(work)).toEqual({
        code: 'not-found',
        message: 'There is no table "order" in namespace "shop", which has "orders".',
      })
    }
  })

  it('cannot be renamed', () => {
    const catalog = open()
    shopIn(catalog)
    expect(thrownBy(() => catalog.updateTable('shop', 'orders', { newTableName: 'sales' }))).toEqual({
      code: 'unsupported',
      message: 'Table shop.orders cannot be renamed; create one with the new name.',
    })
  })
})
