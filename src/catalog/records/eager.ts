import { records } from './late.ts'
import { whole } from './whole.ts'

// Who imports the catalog by itself has its records at once: nobody can wait for them there, where `require` takes no
// ES modules.
records.fill({ whole })
