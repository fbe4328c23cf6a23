import { pathToFileURL } from 'node:url'

/** Whether a module id, without its query, is a fixture's path. */
export function isFixturePath(id: string): boolean {
  return /\.deltacat\.ya?ml$/.test(pathOf(id)) && !/[?&](raw|url|inline)\b/.test(id)
}

/** The source text of the module that a fixture is when it is imported: its URL. */
export function fixtureModule(id: string): string {
  return `export default new URL(${JSON.stringify(pathToFileURL(pathOf(id)).href)})\n`
}

function pathOf(id: string): string {
  return id.replace(/[?#].*$/s, '')
}
