/** The same bytes as a plain `Uint8Array`: parts of a `Buffer` would be Buffers, which equal no `Uint8Array` in a test. */
export function plainBytes(bytes: Uint8Array): Uint8Array {
  return bytes.constructor === Uint8Array ? bytes : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
