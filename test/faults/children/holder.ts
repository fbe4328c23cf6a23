// Holds a catalog's file for writing until its standard input says to let go, and changes it meanwhile.
import { readSync } from 'node:fs'
import { openCatalog } from '../../../src/catalog/index.ts'
import { say, sleep } from './say.ts'

const [path = ''] = process.argv.slice(2)
const catalog = openCatalog(path)

catalog.transaction(() => {
  catalog.createNamespace('held')
  say({ holds: true })
  waitForWord()
  // Long enough for the other to be waiting by then; if it isn't, it finds the file free, and what was written.
  sleep(200)
})
catalog.close()

function waitForWord(): void {
  for (const byte = new Uint8Array(1); ; sleep(1)) {
    try {
      readSync(0, byte)
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
    }
  }
}
