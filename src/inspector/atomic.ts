import { renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** Writes a file whole or not at all: `make` fills a temporary one beside it, which then takes its name. */
export function writeAtomically<T>(file: string, make: (temporary: string) => T): T {
  const temporary = join(dirname(file), `.${basename(file)}.${process.pid}.tmp`)
  try {
    const result = make(temporary)
    renameSync(temporary, file)
    return result
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}
