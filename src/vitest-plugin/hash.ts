import { hash } from '../door/crypto.ts'

/** The SHA-256 of bytes, as the fixtures' loader gives it for a file. */
export function hashOf(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex')
}
