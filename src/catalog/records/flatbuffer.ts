const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Reads FlatBuffers of unknown origin. Every access is checked: a damaged buffer throws `RangeError`, where the
 * generated readers would follow any offset, loop, or allocate without bounds.
 */
export class FlatBuffer {
  readonly view: DataView
  /** How many tables may still be visited: shared ones could be nested without end in a few bytes. */
  #left: number

  constructor(bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#left = bytes.byteLength / 4
  }

  root(): FlatTable {
    return this.tableAt(this.view.getUint32(0, true))
  }

  tableAt(position: number): FlatTable {
    if (--this.#left < 0) throw new RangeError('too many tables')
    return new FlatTable(this, position)
  }

  textAt(position: number): string {
    const length = this.view.getUint32(position, true)
    this.requireRoom(position + 4, length)
    return decoder.decode(new Uint8Array(this.view.buffer, this.view.byteOffset + position + 4, length))
  }

  requireRoom(position: number, bytes: number): void {
    if (position < 0 || position + bytes > this.view.byteLength) throw new RangeError('an offset out of bounds')
  }
}

/** One table of a FlatBuffer; its slots are numbered in the order of the schema's fields. */
export class FlatTable {
  readonly #buffer: FlatBuffer
  readonly #at: number
  readonly #vtable: number
  readonly #vtableSize: number

  constructor(buffer: FlatBuffer, position: number) {
    this.#buffer = buffer
    this.#at = position
    this.#vtable = position - buffer.view.getInt32(position, true)
    this.#vtableSize = buffer.view.getUint16(this.#vtable, true)
  }

  bool(slot: number): boolean {
    return this.uint8(slot, 0) !== 0
  }

  uint8(slot: number, otherwise: number): number {
    const at = this.#place(slot)
    return at === 0 ? otherwise : this.#buffer.view.getUint8(at)
  }

  int16(slot: number, otherwise: number): number {
    const at = this.#place(slot)
    return at === 0 ? otherwise : this.#buffer.view.getInt16(at, true)
  }

  int32(slot: number, otherwise: number): number {
    const at = this.#place(slot)
    return at === 0 ? otherwise : this.#buffer.view.getInt32(at, true)
  }

  int64(slot: number): number {
    const at = this.#place(slot)
    return at === 0 ? 0 : integer64(this.#buffer.view, at)
  }

  text(slot: number): string | null {
    const at = this.#reference(slot)
    return at === 0 ? null : this.#buffer.textAt(at)
  }

  table(slot: number): FlatTable | null {
    const at = this.#reference(slot)
    return at === 0 ? null : this.#buffer.tableAt(at)
  }

  /** A table that has to be there. */
  child(slot: number): FlatTable {
    const table = this.table(slot)
    if (table === null) throw new RangeError('a table is missing')
    return table
  }

  /** The tables of a vector. */
  tables(slot: number): FlatTable[] {
    const { start, length } = this.structs(slot, 4)
    const tables: FlatTable[] = []
    for (let at = start; at < start + length * 4; at += 4) {
      tables.push(this.#buffer.tableAt(at + this.#buffer.view.getUint32(at, true)))
    }
    return tables
  }

  /** Where the structs of a vector lie, and how many there are; all of them inside the buffer. */
  structs(slot: number, size: number): { readonly view: DataView; readonly start: number; readonly length: number } {
    const at = this.#reference(slot)
    const { view } = this.#buffer
    if (at === 0) return { view, start: 0, length: 0 }
    const length = view.getUint32(at, true)
    this.#buffer.requireRoom(at + 4, length * size)
    return { view, start: at + 4, length }
  }

  #reference(slot: number): number {
    const at = this.#place(slot)
    return at === 0 ? 0 : at + this.#buffer.view.getUint32(at, true)
  }

  /** Where a slot's value lies; 0 where the table leaves it out. */
  #place(slot: number): number {
    const entry = 4 + slot * 2
    if (entry + 2 > this.#vtableSize) return 0
    const offset = this.#buffer.view.getUint16(this.#vtable + entry, true)
    return offset === 0 ? 0 : this.#at + offset
  }
}

/** A 64-bit integer as a number; `RangeError` for one that a number can't count exactly. */
export function integer64(view: DataView, at: number): number {
  const value = Number(view.getBigInt64(at, true))
  if (!Number.isSafeInteger(value)) throw new RangeError('an integer out of bounds')
  return value
}
