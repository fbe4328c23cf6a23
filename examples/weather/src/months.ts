import { type Catalog, CatalogError, type Delta, type Partition, rowsFromTable } from 'vitest-deltacat'

/** A month of the weather, as `climate.months` keeps it. */
interface Month {
  readonly month: string
  readonly days: number
  readonly precipitation: string
  readonly temp_max: string
  readonly temp_min: string
}

/** Readings have one decimal: as whole tenths they add up exactly. */
const tenths = (text: unknown): number => Math.round(Number(text) * 10)
const text = (wholeTenths: number): string => (wholeTenths / 10).toFixed(1)

/** Sums a month (`2012-01`) over the days as they stand now: corrections applied, deleted days left out. */
export function summarise(catalog: Catalog, month: string): Month {
  const days = rowsFromTable(catalog.readPartition(partitionOf(catalog, 'seattle_days'))).filter((day) =>
    String(day.date).startsWith(`${month}-`),
  )
  if (days.length === 0) throw new Error(`No day of ${month} is in climate.seattle_days`)
  return {
    month,
    days: days.length,
    precipitation: text(days.reduce((sum, day) => sum + tenths(day.precipitation), 0)),
    temp_max: text(Math.max(...days.map((day) => tenths(day.temp_max)))),
    temp_min: text(Math.min(...days.map((day) => tenths(day.temp_min)))),
  }
}

/**
 * Aggregates a month again and commits the result as an upsert. Another writer may commit between our look at the
 * partition and our commit: that is a conflict, upon which the month is summed and committed afresh.
 */
export function refreshMonth(catalog: Catalog, month: string, attempts = 3): Delta {
  for (let attempt = 1; ; attempt++) {
    const previousStreamPosition = catalog.getLatestDelta('climate', 'months')?.locator.streamPosition ?? null
    const delta = catalog.stageDelta([summarise(catalog, month)], partitionOf(catalog, 'months'))
    try {
      return commit(catalog, delta, previousStreamPosition)
    } catch (error) {
      if (attempt === attempts || !hasCode(error, 'conflict')) throw error
    }
  }
}

/** Commits, and asks again when no answer came: a catalog that took the delta the first time says so. */
function commit(catalog: Catalog, delta: Delta, previousStreamPosition: number | null): Delta {
  try {
    return catalog.commitDelta(delta, { previousStreamPosition })
  } catch (error) {
    if (!hasCode(error, 'busy')) throw error
  }
  try {
    return catalog.commitDelta(delta, { previousStreamPosition })
  } catch (error) {
    if (hasCode(error, 'already-exists')) return delta
    throw error
  }
}

function hasCode(error: unknown, code: CatalogError['code']): boolean {
  return error instanceof CatalogError && error.code === code
}

function partitionOf(catalog: Catalog, table: string): Partition {
  const stream = catalog.getStream('climate', table)
  const partition = stream && catalog.getPartition(stream.locator)
  if (!partition) throw new Error(`climate.${table} has no committed partition`)
  return partition
}
