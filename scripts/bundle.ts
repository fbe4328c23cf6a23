import { globSync, readFileSync } from 'node:fs'
import { dirname, isAbsolute, join, posix, relative, sep } from 'node:path'
import { type InputOptions, type OutputOptions, type Plugin, rolldown } from 'rolldown'

/** What users import or run, and Vitest 4 is asked with. What is behind a door comes to it: see {@link doorsIn}. */
const ENTRIES = [
  'index',
  'catalog/index',
  'cli/bin',
  'door/probe',
  'vitest-plugin/matchers/index',
  'vitest-plugin/plugin',
  'vitest-plugin/test',
  'vitest-plugin/vitest',
]

// Node needs a third of a millisecond for each file, and 20 for a megabyte. A group is one file with all that its
// modules need, as far as no group before it has that: first what every test starts with.
const GROUPS = {
  core: /src\/(catalog\/catalog|fixtures\/(accessor|fixture-error|lazy|source-url)|vitest-plugin\/(findings|not-found|origin|matchers\/(late|collect-updates)))\.ts$/,
  worker: /src\/vitest-plugin\/(test-catalog|settings)\.ts$/,
  records: /src\/catalog\/records\/whole\.ts$/,
  matchers: /src\/vitest-plugin\/matchers\/index\.ts$/,
  fixtures: /src\/fixtures\/index\.ts$/,
}

/** The oldest Node that the package is for: it knows no `using`. */
const TARGET: InputOptions = { transform: { target: 'node22.14' } }
const OUTPUT: OutputOptions = { format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' }

/** Writes the JavaScript of the package: few files, legible, other packages left outside. */
export async function bundlePackage(src: string, dist: string): Promise<void> {
  const entries = [...new Set([...ENTRIES, ...doorsIn(src)])]
  const bundle = await rolldown({
    ...TARGET,
    input: Object.fromEntries(entries.map((name) => [name, join(src, `${name}.ts`)])),
    platform: 'node',
    // Rolldown's own helpers, which an older target needs, come along.
    external: (id) => !id.startsWith('.') && !isAbsolute(id) && !id.includes('@oxc-project'),
    plugins: [placesOf(src)],
  })
  const groups = Object.entries(GROUPS).map(([name, test], index) => ({ name, test, priority: 10 - index }))
  await bundle.write({ ...OUTPUT, dir: dist, codeSplitting: { groups } })
  await bundle.close()
}

/** Writes the script of the inspector's page, which is read as a text: one file that imports nothing. */
export async function bundlePage(src: string, dist: string): Promise<void> {
  const bundle = await rolldown({
    ...TARGET,
    input: { 'inspector/client/main': join(src, 'inspector/client/main.ts') },
  })
  await bundle.write({ ...OUTPUT, dir: dist, codeSplitting: false })
  await bundle.close()
}

/** The modules behind doors: they are asked for by their paths, so each has to be at its own. */
function doorsIn(src: string): string[] {
  return globSync('**/*.ts', { cwd: src }).flatMap((path) =>
    [...readFileSync(join(src, path), 'utf8').matchAll(/\bdoor<[^>]+>\(import\.meta\.url, '([^']+)'/g)].map((match) =>
      posix.join(dirname(path).replaceAll(sep, '/'), match[1] as string),
    ),
  )
}

/** Lets each module think that it is where it would be as a file of its own, wherever its chunk is. */
function placesOf(src: string): Plugin {
  const place = /__placeOf\("([^"]+)"\)/g
  return {
    name: 'places',
    transform: (code, id) => ({
      // What the package's manifest says of side effects is said of these chunks.
      moduleSideEffects: true,
      code: code.replaceAll(
        /\bimport\.meta\.(url|dirname|filename)\b/g,
        (_, property: string) =>
          `__placeOf("${property}:${relative(src, id).replaceAll(sep, '/').replace(/ts$/, 'js')}")`,
      ),
    }),
    renderChunk: (code, { fileName }) =>
      code.replaceAll(place, (_, what: string) => {
        const [property, path] = what.split(':') as [string, string]
        if (path === fileName) return `import.meta.${property}`
        const there = posix.relative(posix.dirname(fileName), property === 'dirname' ? posix.dirname(path) : path)
        // Vite takes `new URL("…", import.meta.url)` for an asset of a page.
        return property === 'url'
          ? `new URL(import.meta.url + ${JSON.stringify(`/../${there}`)}).href`
          : `(import.meta.dirname + ${JSON.stringify(`/${there}`)})`
      }),
  }
}
