/** A stand-in while the record layer is being written. */
export function pending(name: string): never {
  throw new Error(`${name} is not written yet`)
}
