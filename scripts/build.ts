import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'

// A clean folder each time: a file that was renamed in src must not live on in the package.
const root = join(import.meta.dirname, '..')
rmSync(join(root, 'dist'), { recursive: true, force: true })
execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' })

// tsc copies no hand-written declaration files.
const ambient = join(root, 'src/yaml.d.ts')
if (existsSync(ambient)) copyFileSync(ambient, join(root, 'dist/yaml.d.ts'))
const bin = join(root, 'dist/cli/bin.js')
if (existsSync(bin)) chmodSync(bin, 0o755)
