import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { bundlePackage, bundlePage } from './bundle.ts'

// A clean folder each time: a file that was renamed in src must not live on in the package.
const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')
rmSync(dist, { recursive: true, force: true })

execFileSync(
  process.execPath,
  [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(root, 'tsconfig.build.json')],
  { stdio: 'inherit' },
)
// tsc copies no hand-written declaration files.
copyFileSync(join(root, 'src/yaml.d.ts'), join(dist, 'yaml.d.ts'))
await bundlePackage(join(root, 'src'), dist)
await bundlePage(join(root, 'src'), dist)
chmodSync(join(dist, 'cli/bin.js'), 0o755)
