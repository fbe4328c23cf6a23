import { beforeAll } from 'vitest'
import { openDoors } from '../src/door/door.ts'
import '../src/catalog/records/late.ts'

// Vite runs the sources here: what is behind a door has to be loaded by it too, before a test file asks for records at
// its top. What else the file brings doors to is loaded before its tests.
await openDoors()
beforeAll(openDoors)
