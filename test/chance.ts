import fc from 'fast-check'

/** The seed of this run's chance: `DELTACAT_TEST_SEED`, else a new one; every failure names it. */
export const seed: number = Number(process.env.DELTACAT_TEST_SEED ?? Date.now() % 2 ** 31)

fc.configureGlobal({ seed })

/** fast-check, with that seed: properties take it from here and nowhere else. */
export { fc }
