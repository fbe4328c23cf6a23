import { createRequire } from 'node:module'

/** A module that is loaded, synchronously, when it is first asked for. */
export interface Door<Module> {
  /** The module. */
  (): Module
  /** Loads it ahead of time. */
  open(): Promise<void>
  /** Has it already: whoever imports it can say so. */
  fill(module: Module): void
}

const doors: Pick<Door<never>, 'open'>[] = []

// One after the other: the VM pools of Vitest 4 run a module too early that two imports wait for.
let opening: Promise<unknown> = Promise.resolve()

/**
 * A door to the module at `path`, which what most tests start with shouldn't wait for. Behind one door there is one copy
 * of a module, as `require` and `import` give the same where Node runs this code itself. Where it doesn't (see
 * {@link hasOwnModules}) loading begins at once, and {@link openDoors} waits for it.
 *
 * @param from the URL of the module that asks
 * @param path of the module, from there, without its extension: the one that `load` imports
 */
export function door<Module>(from: string, path: string, load: () => Promise<Module>): Door<Module> {
  let module: Module | undefined
  // Built, or as TypeScript: whatever asks for it.
  const file = path + from.slice(from.lastIndexOf('.'))
  const ask = (): Module => {
    try {
      module ??= createRequire(from)(file) as Module
      return module
    } catch (cause) {
      if (hasOwnModules()) throw cause
      const message =
        'vitest-deltacat is still loading what this needs; in the VM pools of Vitest 4, import vitest-deltacat/vitest in the test file, and ask for it inside a test.'
      throw new Error(message, { cause })
    }
  }
  const open = (): Promise<void> => {
    const opened = opening.then(async () => {
      module ??= await load()
    })
    // What goes wrong with one is not the others' matter.
    opening = opened.catch(() => {})
    return opened
  }
  const fill = (imported: Module): void => {
    module ??= imported
  }
  const made = Object.assign(ask, { open, fill })
  doors.push(made)
  // What goes wrong here goes wrong again, and is heard, when the module is asked for.
  if (!hasOwnModules()) open().catch(() => {})
  return made
}

/** Loads what is behind every door, ahead of time. */
export async function openDoors(): Promise<void> {
  await Promise.all(doors.map((each) => each.open()))
}

let own: boolean | undefined

/**
 * Whether `require` gives the ES modules that run here. It doesn't where Vite has transformed this code (Node's own
 * `require` would read it a second time), nor in the VM pools of Vitest 4, whose `require` takes CommonJS only.
 */
export function hasOwnModules(): boolean {
  own ??= !('env' in import.meta) && takesModules()
  return own
}

function takesModules(): boolean {
  if (createRequire === process.getBuiltinModule('node:module').createRequire) return true
  try {
    createRequire(import.meta.url)(`./probe${import.meta.url.slice(import.meta.url.lastIndexOf('.'))}`)
    return true
  } catch {
    return false
  }
}
