import type { Data, DataType, RecordBatch, Table, Vector } from 'apache-arrow'
import { arrow } from './arrow.ts'
import { plainBytes } from './bytes.ts'
import { FlatBuffer, type FlatTable, integer64 } from './flatbuffer.ts'
import { type BatchContext, readColumn } from './ipc-batch.ts'
import { batchParts } from './ipc-buffers.ts'
import { type IpcSchema, readIpcSchema } from './ipc-schema.ts'
import { shapeOf } from './shape.ts'
import { batchOf, tableOf } from './table.ts'

const MAGIC = 'ARROW1'
const CONTINUATION = 0xffff_ffff
const BLOCK_SIZE = 24
const HEADERS = { schema: 1, dictionary: 2, batch: 3 }

interface Message {
  readonly headerType: number
  readonly header: FlatTable
  readonly body: Uint8Array
  readonly end: number
}

/** Whether bytes begin as a file of Arrow's IPC format does. */
export function isIpcFile(bytes: Uint8Array): boolean {
  return hasMagic(bytes, 0)
}

/**
 * Reads a file of Arrow's IPC format (Feather, version 2). apache-arrow's reader trusts what it reads; this one checks
 * all of it. Throws `RangeError` for a damaged file, `unsupported` for a type that a catalog can't hold.
 */
export function readIpcFile(file: Uint8Array): Table {
  const bytes = aligned(file)
  const tail = bytes.length - MAGIC.length
  if (tail < 16 || !hasMagic(bytes, 0) || !hasMagic(bytes, tail))
    throw new RangeError('it lacks ARROW1 at its start or end')
  const view = viewOf(bytes)
  const size = view.getInt32(tail - 4, true)
  if (size <= 0 || size > tail - 12) throw new RangeError('a footer out of bounds')
  const footer = new FlatBuffer(bytes.subarray(tail - 4 - size, tail - 4)).root()
  const reader = new BatchReader(readIpcSchema(footer.child(1)), false)
  const content = bytes.subarray(0, tail - 4 - size)
  for (const slot of [2, 3]) {
    const blocks = footer.structs(slot, BLOCK_SIZE)
    for (let index = 0; index < blocks.length; index++) {
      const message = readMessage(content, integer64(blocks.view, blocks.start + index * BLOCK_SIZE))
      if (message?.headerType !== (slot === 2 ? HEADERS.dictionary : HEADERS.batch))
        throw new RangeError('a wrong block')
      reader.take(message)
    }
  }
  return reader.table()
}

/**
 * Reads a stream of Arrow's IPC format. Only bytes of our own making (`isTrusted`) are spared the check of every value.
 * Throws as `readIpcFile`.
 */
export function readIpcStream(stream: Uint8Array, isTrusted = false): Table {
  const bytes = aligned(stream)
  let message = readMessage(bytes, 0)
  if (message?.headerType !== HEADERS.schema) throw new RangeError('it has no schema')
  const reader = new BatchReader(readIpcSchema(message.header), isTrusted)
  for (;;) {
    message = readMessage(bytes, message.end)
    if (message === null) return reader.table()
    reader.take(message)
  }
}

/** Reads the schema message that `schemaToText` and pyarrow's `Schema.serialize` write. Throws as `readIpcFile`. */
export function readSchemaMessage(bytes: Uint8Array): IpcSchema {
  const message = readMessage(aligned(bytes), 0)
  if (message?.headerType !== HEADERS.schema) throw new RangeError('it is no schema')
  return readIpcSchema(message.header)
}

/** The message at an offset; `null` at the end-of-stream mark. */
function readMessage(bytes: Uint8Array, start: number): Message | null {
  const view = viewOf(bytes)
  // Before Arrow 0.15 a message began with its length at once.
  const isLegacy = view.getUint32(start, true) !== CONTINUATION
  const size = view.getInt32(isLegacy ? start : start + 4, true)
  const at = start + (isLegacy ? 4 : 8)
  if (size === 0) return null
  if (size < 0 || at + size > bytes.length) throw new RangeError('a message out of bounds')
  const message = new FlatBuffer(bytes.subarray(at, at + size)).root()
  const length = message.int64(3)
  const end = at + size + length
  if (length < 0 || end > bytes.length) throw new RangeError('a body out of bounds')
  return { headerType: message.uint8(1, 0), header: message.child(2), body: bytes.subarray(at + size, end), end }
}

class BatchReader {
  readonly #schema: IpcSchema
  readonly #isTrusted: boolean
  readonly #vectors = new Map<number, Vector>()
  readonly #batches: RecordBatch[] = []

  constructor(schema: IpcSchema, isTrusted: boolean) {
    this.#schema = schema
    this.#isTrusted = isTrusted
  }

  take({ headerType, header, body }: Message): void {
    if (headerType === HEADERS.dictionary) this.#takeDictionary(header, body)
    else if (headerType === HEADERS.batch) this.#takeBatch(header, body)
    else throw new RangeError('an unexpected message')
  }

  table(): Table {
    return tableOf(this.#schema.schema, this.#batches)
  }

  #takeBatch(header: FlatTable, body: Uint8Array): void {
    const { schema } = this.#schema
    const context = this.#context(header, body)
    const { length } = context.parts
    const columns = schema.fields.map((field) => column(field.type, context, length))
    this.#batches.push(batchOf(schema, columns, length))
  }

  #takeDictionary(header: FlatTable, body: Uint8Array): void {
    const id = header.int64(0)
    const context = this.#context(header.child(1), body)
    const chunk = column(this.#valueType(id), context, context.parts.length)
    const before = header.bool(2) ? (this.#vectors.get(id)?.data ?? []) : []
    this.#vectors.set(id, new (arrow().Vector)([...before, chunk]))
  }

  #valueType(id: number): DataType {
    for (const [type, dictionary] of this.#schema.dictionaries) {
      const shape = shapeOf(type)
      if (dictionary.id === id && shape.kind === 'dictionary') return shape.value
    }
    throw new RangeError('a dictionary that no column has')
  }

  #context(header: FlatTable, body: Uint8Array): BatchContext {
    const { dictionaries } = this.#schema
    return { parts: batchParts(header, body), dictionaries, vectors: this.#vectors, isTrusted: this.#isTrusted }
  }
}

function column(type: DataType, context: BatchContext, length: number): Data {
  const data = readColumn(type, context)
  if (data.length !== length) throw new RangeError('a column of another length than its batch')
  return data
}

function hasMagic(bytes: Uint8Array, start: number): boolean {
  return [...MAGIC].every((character, index) => bytes[start + index] === character.charCodeAt(0))
}

/** The bytes on an address that is a multiple of 8, so that columns can be views of them. */
function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 8 === 0 ? plainBytes(bytes) : new Uint8Array(bytes)
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
