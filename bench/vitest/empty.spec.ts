import { test } from 'vitest'

for (let i = 0; i < 1000; i++) test(`empty ${i}`, () => {})
