import type { DataType, Field } from 'apache-arrow'
import { invalid, shown } from './invalid.ts'
import { didYouMean } from './nearest.ts'
import { DECIMAL_DIGITS, type Shape, type Unit } from './shape.ts'
import { OTHER_NAMES, TYPE_FORMS, TYPE_NAMES } from './type-names.ts'
import { field, mapType, typeOf } from './types.ts'

const MAX_DEPTH = 64

/**
 * The Arrow type that a text names: `int64`, `decimal(12,2)`, `timestamp[us, UTC]`, `list<string>`,
 * `struct<a: int64!, b: string>`, … and pyarrow's own spellings (`decimal128(12, 2)`, `list<item: string>`).
 * Throws `invalid-argument` for any other text, with the place and what was probably meant.
 */
export function parseType(text: string): DataType {
  const parser = new TypeParser(text)
  const type = parser.type(0)
  if (parser.takes('!')) throw parser.error('"!" (not null) belongs to a column or a field, not to a type alone')
  parser.end()
  return type
}

/** The Arrow field of a column and its type's text, where a trailing `!` means not null. Throws as `parseType`. */
export function parseField(name: string, text: string): Field {
  const parser = new TypeParser(text)
  const parsed = parser.unnamed(name, 0)
  parser.end()
  return parsed
}

class TypeParser {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  error(problem: string, at = this.#at): Error {
    const where = at >= this.#text.length ? 'at its end' : `at character ${at + 1}`
    return invalid(
      `The type ${shown(this.#text)} can't be read ${where}: ${problem}${problem.endsWith('?') ? '' : '.'}`,
    )
  }

  end(): void {
    this.#space()
    if (this.#at < this.#text.length) throw this.error(`${shown(this.#text.slice(this.#at))} is left over`)
  }

  takes(token: string): boolean {
    this.#space()
    if (!this.#text.startsWith(token, this.#at)) return false
    this.#at += token.length
    return true
  }

  type(depth: number): DataType {
    if (depth > MAX_DEPTH) throw this.error(`it nests more than ${MAX_DEPTH} types`)
    this.#space()
    const start = this.#at
    const name = this.#match(/[A-Za-z_]\w*/y) ?? ''
    const form = TYPE_FORMS.get(name)
    if (form !== undefined && !this.#opens(form)) throw this.error(`write ${form}`, start)
    switch (name) {
      case 'list':
      case 'large_list': {
        const child = this.#angled(() => this.#item(depth))
        return typeOf({ kind: 'list', large: name === 'large_list', child })
      }
      case 'fixed_size_list': {
        const child = this.#angled(() => this.#item(depth))
        return typeOf({ kind: 'fixedList', child, size: this.#bracketed(() => this.#size()) })
      }
      case 'struct':
        return typeOf({ kind: 'struct', fields: this.#angled(() => this.#fields(depth)) })
      case 'map':
        return this.#angled(() => this.#map(depth))
      case 'dictionary':
        return this.#angled(() => this.#dictionary(depth))
      case 'fixed_size_binary':
        return typeOf({ kind: 'fixedBinary', width: this.#bracketed(() => this.#size()) })
      case 'timestamp':
        return this.#bracketed(() => this.#timestamp())
      case 'decimal':
      case 'decimal32':
      case 'decimal64':
      case 'decimal128':
      case 'decimal256':
        return this.#decimal(Number(name.slice('decimal'.length) || 128))
    }
    const shape = this.#simple(name)
    if (shape !== undefined) return typeOf(shape)
    throw this.#unknown(name, start)
  }

  /** A type and whether it may be null, under a name that is known already. */
  unnamed(name: string, depth: number): Field {
    const type = this.type(depth)
    const required = this.takes('!') || this.takes('not null')
    return field(name, type, !required)
  }

  /** Whether the bracket of a type's form comes next. */
  #opens(form: string): boolean {
    this.#space()
    return this.#text[this.#at] === /[[<(]/.exec(form)?.[0]
  }

  #simple(name: string): Shape | undefined {
    const unit = this.#match(/\[[\w-]+\]/y) ?? ''
    return TYPE_NAMES.get(name + unit)
  }

  #unknown(name: string, start: number): Error {
    const form = TYPE_FORMS.get(name)
    if (form !== undefined) return this.error(`write ${form}`, start)
    const other = OTHER_NAMES.get(name.toLowerCase())
    const written = /[^\s<>,()[\]:!]*/y
    written.lastIndex = start
    const word = name || written.exec(this.#text)?.[0] || ''
    if (word === '') return this.error('a type is missing here', start)
    const hint = other === undefined ? didYouMean(word, [...TYPE_NAMES.keys(), ...TYPE_FORMS.keys()], '') : ''
    if (other !== undefined) return this.error(`"${word}" is no Arrow type; write "${other}"`, start)
    return this.error(
      `"${word}" is no Arrow type${hint || '; int64, float64, string and timestamp[us] are some'}`,
      start,
    )
  }

  #fields(depth: number): Field[] {
    const fields: Field[] = []
    this.#space()
    if (this.#text[this.#at] === '>') return fields
    do fields.push(this.#named(depth))
    while (this.takes(','))
    return fields
  }

  #named(depth: number): Field {
    const name = this.#name()
    if (name === undefined) throw this.error('a field is written as "name: type"')
    return this.unnamed(name, depth + 1)
  }

  #item(depth: number): Field {
    return this.unnamed(this.#name() ?? 'item', depth + 1)
  }

  /** A field's name with its colon, or nothing where no name comes next. */
  #name(): string | undefined {
    this.#space()
    const quoted = this.#match(/"(?:[^"\\]|\\.)*"\s*:/y)
    if (quoted !== undefined) return this.#unquoted(quoted.replace(/\s*:$/, ''))
    return this.#match(/[^\s<>,:"!()[\]][^<>,:"]*:/y)
      ?.slice(0, -1)
      .trimEnd()
  }

  #unquoted(quoted: string): string {
    try {
      return JSON.parse(quoted) as string
    } catch {
      throw this.error(`the name ${quoted} has a wrong escape`)
    }
  }

  #map(depth: number): DataType {
    const key = this.unnamed('key', depth + 1)
    this.#expect(',')
    const value = this.unnamed('value', depth + 1)
    const sorted = this.takes(',') && this.#expect('keys_sorted')
    this.#match(/\s*\('[^']*'\)/y) // pyarrow shows the entries' name
    return mapType(key, value, sorted)
  }

  #dictionary(depth: number): DataType {
    if (this.takes('values=')) {
      const value = this.type(depth + 1)
      this.#expect(',')
      this.#expect('indices=')
      const indices = this.#indices(depth)
      const ordered = this.takes(',') && this.#expect('ordered=') && this.#integer() === 1
      return typeOf({ kind: 'dictionary', indices, value, ordered })
    }
    const indices = this.#indices(depth)
    this.#expect(',')
    const value = this.type(depth + 1)
    return typeOf({ kind: 'dictionary', indices, value, ordered: this.takes(',') && this.#expect('ordered') })
  }

  #indices(depth: number): DataType {
    this.#space()
    const start = this.#at
    const type = this.type(depth + 1)
    if (/^u?int(8|16|32)$/.test(this.#text.slice(start, this.#at))) return type
    throw this.error('a dictionary is indexed by an integer of at most 32 bits: dictionary<int32, string>', start)
  }

  #timestamp(): DataType {
    const unit = this.#match(/\s*(s|ms|us|ns)\b/y)?.trim() as Unit | undefined
    if (unit === undefined) throw this.error('the unit is s, ms, us or ns')
    if (!this.takes(',')) return typeOf({ kind: 'timestamp', unit, timezone: null })
    this.takes('tz=')
    const timezone = this.#match(/\s*[\w/+:-]+/y)?.trim()
    if (timezone === undefined) throw this.error('a time zone is missing: UTC or Europe/Oslo, say')
    return typeOf({ kind: 'timestamp', unit, timezone })
  }

  #decimal(bits: number): DataType {
    const start = this.#at
    this.#expect('(')
    const precision = this.#integer()
    const scale = this.takes(',') ? this.#integer() : 0
    this.#expect(')')
    const most = DECIMAL_DIGITS[bits]!
    if (precision < 1 || precision > most) throw this.error(`decimal${bits} has 1 to ${most} digits`, start)
    if (Math.abs(scale) > precision) throw this.error(`the scale ${scale} is beyond the ${precision} digits`, start)
    return typeOf({ kind: 'decimal', precision, scale, bits })
  }

  #angled<T>(inside: () => T): T {
    this.#expect('<')
    const value = inside()
    this.#expect('>')
    return value
  }

  #bracketed<T>(inside: () => T): T {
    this.#expect('[')
    const value = inside()
    this.#expect(']')
    return value
  }

  #integer(): number {
    const digits = this.#match(/\s*-?\d{1,9}(?!\d)/y)
    if (digits === undefined) throw this.error('a number is missing here')
    return Number(digits)
  }

  #size(): number {
    const start = this.#at
    const size = this.#integer()
    if (size >= 0) return size
    throw this.error(`the size ${size} is below 0`, start)
  }

  #expect(token: string): true {
    if (this.takes(token)) return true
    throw this.error(`"${token}" is missing`)
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0]
    if (found !== undefined) this.#at += found.length
    return found
  }

  #space(): void {
    this.#match(/\s*/y)
  }
}
