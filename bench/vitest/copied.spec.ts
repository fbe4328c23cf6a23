import { copyFile } from 'node:fs/promises'
import { file } from 'tmp-promise'
import { test } from 'vitest'
import { openCatalog } from 'vitest-deltacat/catalog'

// What one writes without the plugin.
for (let i = 0; i < 1000; i++) {
  test(`copied ${i}`, async () => {
    const { path, cleanup } = await file({ postfix: '.db' })
    await copyFile(process.env.BENCH_TEMPLATE!, path)
    const catalog = openCatalog(path)
    catalog.getNamespace('shop')
    catalog.createNamespace('other')
    catalog.close()
    await cleanup()
  })
}
