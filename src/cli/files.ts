import { closeSync, existsSync, mkdirSync, openSync, readSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { writeAtomically } from '../inspector/atomic.ts'
import { CliError } from './io.ts'

/** What the first bytes of a file that a command made look like. */
export type Mark = (start: Buffer) => boolean

/** A file whose first bytes are this text was made by us. */
export const textMark =
  (text: string): Mark =>
  (start) =>
    start.subarray(0, Buffer.byteLength(text)).toString('utf8') === text

/** The application id that `build` leaves in a database's header, where SQLite keeps a place for one: `dcat`. */
export const APPLICATION_ID = 0x64636174
/** A database that `build` made. */
export const databaseMark: Mark = (start) =>
  start.subarray(0, 15).toString('latin1') === 'SQLite format 3' &&
  start.length >= 72 &&
  start.readInt32BE(68) === APPLICATION_ID

/**
 * Refuses to overwrite a file that isn't ours.
 *
 * @param path as the user wrote it, for the message
 */
export function guardOutput(file: string, path: string, isOurs: Mark, force: boolean): void {
  const found = statSync(file, { throwIfNoEntry: false })
  if (found === undefined) {
    if (!existsSync(dirname(file)))
      throw new CliError(`${path}: the folder ${dirname(path)} does not exist; create it first.`)
    return
  }
  if (found.isDirectory()) throw new CliError(`${path} is a folder; give the path of a file in it.`)
  if (force || found.size === 0) return
  const start = Buffer.alloc(512)
  const descriptor = openSync(file, 'r')
  let length: number
  try {
    length = readSync(descriptor, start, 0, start.length, 0)
  } finally {
    closeSync(descriptor)
  }
  if (!isOurs(start.subarray(0, length))) {
    throw new CliError(
      `${path} exists, and this command did not make it; give another path, or --force to overwrite it.`,
    )
  }
}

/**
 * Refuses to write over a file that the command reads, also where it is named in another way.
 *
 * @param path as the user wrote it, for the message
 */
export function guardSources(file: string, path: string, sources: readonly string[]): void {
  const identity = (name: string): string | undefined => {
    const found = statSync(name, { throwIfNoEntry: false, bigint: true })
    return found && `${found.dev}:${found.ino}`
  }
  const written = identity(file)
  if (written === undefined || !sources.some((source) => identity(source) === written)) return
  throw new CliError(`${path} is a file that this command reads; give another path.`)
}

/** {@link writeAtomically} with content that is there already. Makes the folders that it needs. */
export function writeFile(file: string, content: string | Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true })
  writeAtomically(file, (temporary) => writeFileSync(temporary, content))
}
