#!/usr/bin/env node
import { supportedNode, unsupportedNode } from './node-version.ts'

// Another Node fails at the imports that the rest of the program begins with, in words that help nobody.
const unsupported = unsupportedNode(supportedNode(), process.versions.node)
if (unsupported !== null) {
  process.stderr.write(`${unsupported}\n`)
  process.exitCode = 1
} else {
  // A reader that has seen enough (`| head`) closes the pipe: no error, and nobody left to tell. The exit code is that
  // of other programs then, as 0 would say of `diff` that nothing differs.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') process.stderr.write(`error ${error.message}\n`)
    process.exit(error.code === 'EPIPE' ? 141 : 1)
  })

  import('./main.ts')
    .then(({ main }) =>
      main(process.argv.slice(2), {
        stdout: process.stdout,
        stderr: process.stderr,
        cwd: process.cwd(),
        env: process.env,
      }),
    )
    .then((code) => {
      process.exitCode = code
    })
}
