import type { Cell } from '../../catalog/index.ts'
import type { JsonValue } from '../../catalog/model/common.ts'

export type Level = 'namespace' | 'table' | 'version' | 'stream' | 'partition' | 'delta'
/** The catalog that something is in: the first or the second. */
export type Side = 'a' | 'b'

/** One thing that differs between two catalogs. */
export type Difference =
  /** An entity that only one of them has. */
  | { readonly kind: 'entity'; readonly level: Level; readonly path: string; readonly in: Side }
  /** A part of an entity: its state, description, keys… `null` where it is missing. */
  | {
      readonly kind: 'field'
      readonly level: Level
      readonly path: string
      readonly field: string
      readonly a: JsonValue
      readonly b: JsonValue
    }
  /** A column of a schema; `null` where only the other has it. */
  | {
      readonly kind: 'column'
      readonly path: string
      readonly column: string
      readonly a: string | null
      readonly b: string | null
    }
  /** A row that only one has, by its key, or whole where there is no key. */
  | { readonly kind: 'row'; readonly path: string; readonly in: Side; readonly key: Cells; readonly cells: Cells }
  /** A cell of the row of a key. */
  | {
      readonly kind: 'cell'
      readonly path: string
      readonly key: Cells
      readonly column: string
      readonly a: Cell
      readonly b: Cell
    }
  /** Records of which one catalog's can't be read. */
  | { readonly kind: 'unreadable'; readonly path: string; readonly in: Side; readonly reason: string }

/** Cells by column name. */
export type Cells = Readonly<Record<string, Cell>>
