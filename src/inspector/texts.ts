/** `1,234`: the same in every locale. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** `1 row`, `1,234 rows`. */
export function counted(count: number, noun: string): string {
  const plural = noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`
  return `${grouped(count)} ${count === 1 ? noun : plural}`
}

/** `999 B`, `1.2 kB`, `34 MB`: decimal units, two digits. */
export function sized(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${unit > 0 && value < 9.95 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`
}

/** The instant of a position, where positions are a clock's milliseconds (`2024-03-01 00:00:00.004`); else `null`. */
export function instantOf(position: number): string | null {
  // Between 2001 and 2286: a smaller or larger number counts something else.
  if (position < 1e12 || position >= 1e13) return null
  return new Date(position).toISOString().replace('T', ' ').replace('Z', '')
}
