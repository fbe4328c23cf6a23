import { placeOf } from '../../catalog/model/locators.ts'
import { numberOf, type TableVersion } from '../../catalog/model/table-version.ts'
import type { Finding } from './codes.ts'
import { checkRow, readers } from './documents.ts'
import type { RawRows } from './rows.ts'

/** Names what is below a table's usual version without the version, as paths do: `shop.orders/NO`. */
export function shortPlaces(rows: RawRows): (found: Finding) => Finding {
  let usual: ReadonlyMap<string, string> | undefined
  const shortened = (place: string): string => {
    usual ??= usualVersions(rows)
    for (let end = place.indexOf('/'); end !== -1; end = place.indexOf('/', end + 1)) {
      const table = usual.get(place.slice(0, end))
      if (table !== undefined) return table + place.slice(end)
    }
    return usual.get(place) ?? place
  }
  return (found) => {
    const isBelow = ['streams', 'partitions', 'deltas'].includes(found.table ?? '') && found.place.includes('@')
    return isBelow ? { ...found, place: shortened(found.place) } : found
  }
}

/** The places of the versions that a path without one means, and what they are called there. */
function usualVersions(rows: RawRows): ReadonlyMap<string, string> {
  const byTable = new Map<string, TableVersion>()
  for (const row of rows.table('table_versions')) {
    const checked = checkRow(readers.versions, row)
    if ('findings' in checked) continue
    const table = placeOf(checked.entity.locator.tableLocator)
    const before = byTable.get(table)
    if (before === undefined || isAfter(checked.entity, before)) byTable.set(table, checked.entity)
  }
  return new Map(Array.from(byTable, ([table, version]) => [placeOf(version), table]))
}

/** The latest active version is the usual one, else the latest. */
function isAfter(version: TableVersion, before: TableVersion): boolean {
  const [isActive, wasActive] = [version, before].map(({ lifecycleState }) => lifecycleState === 'active')
  return isActive === wasActive ? numberOf(version) > numberOf(before) : isActive === true
}
