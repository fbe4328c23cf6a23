const LIST_HEADER = 15 // a longer list says its length after its header

/** Thrift's compact types that Parquet's metadata has in lists. */
export const LISTED = { i32: 5, binary: 8, struct: 12 } as const

/** Writes structs of Thrift's compact protocol, as Parquet's metadata uses it, and what lies between them. */
export class ThriftWriter {
  /** As many bytes as all that is written may take. */
  readonly bytes: Buffer
  /** Where the next byte goes. */
  at = 0
  #lastField = 0
  readonly #outer: number[] = []

  constructor(size: number) {
    this.bytes = Buffer.allocUnsafe(size)
  }

  varint(value: number): void {
    let rest = value
    for (; rest > 127; rest = Math.floor(rest / 128)) this.bytes[this.at++] = (rest & 127) | 128
    this.bytes[this.at++] = rest
  }

  /** Opens a struct: one in a list, or by itself. */
  open(): void {
    this.#outer.push(this.#lastField)
    this.#lastField = 0
  }

  close(): void {
    this.bytes[this.at++] = 0
    this.#lastField = this.#outer.pop()!
  }

  struct(field: number): void {
    this.#field(field, LISTED.struct)
    this.open()
  }

  /** A struct without fields, as unions have them for their members. */
  emptyStruct(field: number): void {
    this.struct(field)
    this.close()
  }

  bool(field: number, value: boolean): void {
    this.#field(field, value ? 1 : 2)
  }

  i8(field: number, value: number): void {
    this.#field(field, 3)
    this.bytes[this.at++] = value
  }

  /** An i32 that isn't negative. */
  i32(field: number, value: number): void {
    this.#field(field, LISTED.i32)
    this.listedI32(value)
  }

  /** An i64 that isn't negative. */
  i64(field: number, value: number): void {
    this.#field(field, 6)
    this.listedI32(value)
  }

  text(field: number, value: string): void {
    this.#field(field, LISTED.binary)
    this.listedText(value)
  }

  /** Begins a list; its elements follow: `listedI32`, `listedText`, or `open` and `close`. */
  list(field: number, length: number, type: number): void {
    this.#field(field, 9)
    this.bytes[this.at++] = (Math.min(length, LIST_HEADER) << 4) | type
    if (length >= LIST_HEADER) this.varint(length)
  }

  listedI32(value: number): void {
    this.varint(value * 2)
  }

  listedText(value: string): void {
    this.varint(Buffer.byteLength(value))
    this.at += this.bytes.write(value, this.at)
  }

  /** Fields come in the order of their numbers, each at most 15 after the one before. */
  #field(field: number, type: number): void {
    this.bytes[this.at++] = ((field - this.#lastField) << 4) | type
    this.#lastField = field
  }
}
