import type * as Crypto from 'node:crypto'

// Node takes 6 ms of a worker's start to load its cryptography. Who asks for none shouldn't wait for it.
let loaded: typeof Crypto | undefined
function crypto(): typeof Crypto {
  loaded ??= process.getBuiltinModule('node:crypto')
  return loaded
}

export const hash = ((...args: Parameters<typeof Crypto.hash>) => crypto().hash(...args)) as typeof Crypto.hash
export const createHash: typeof Crypto.createHash = (...args) => crypto().createHash(...args)
export const randomUUID: typeof Crypto.randomUUID = (options) => crypto().randomUUID(options)
