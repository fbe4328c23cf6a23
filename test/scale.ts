const full = process.env.DELTACAT_TEST_SCALE === 'full'

/** A count for an ordinary run, and the one for `DELTACAT_TEST_SCALE=full`, which CI uses. */
export const scaled = (ordinary: number, whole: number): number => (full ? whole : ordinary)
