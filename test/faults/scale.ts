const full = process.env.DELTACAT_TEST_SCALE === 'full'

/** A count for an ordinary run, and the one for `DELTACAT_TEST_SCALE=full`, which CI uses. */
export const scaled = (ordinary: number, whole: number): number => (full ? whole : ordinary)

/** The seed of this run's chance: `DELTACAT_TEST_SEED`, else a new one; every failure names it. */
export const seed: number = Number(process.env.DELTACAT_TEST_SEED ?? Date.now() % 2 ** 31)
