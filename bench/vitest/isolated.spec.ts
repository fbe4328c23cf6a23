import { test } from 'vitest-deltacat/test'

test.override({ source: process.env.BENCH_TEMPLATE! })

for (let i = 0; i < 1000; i++) {
  test(`isolated ${i}`, ({ catalog }) => {
    catalog.getNamespace('shop')
    catalog.createNamespace('other')
  })
}
