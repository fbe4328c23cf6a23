// The document never holds more than 500 nodes, texts counted: what each list may draw is shared out here and in
// room.ts. Heights are CSS pixels, as in the style sheet.

export const MOST_NODES = 500
/** What is kept free for what lies over the page: the hits of a search, or a dialog. */
export const OVERLAY_NODES = 48

export const TREE_ROW = 30
/** Rows of the tree: those of a window of 2160 pixels. */
export const TREE_MOST_ROWS = 74
/** A row and its text. */
export const TREE_ROW_NODES = 2
/** Catalogs are open from the first on as long as they take no more rows together. */
export const TREE_OPEN_ROWS = 24

export const DELTA_ROW = 34
export const DELTA_MOST_ROWS = 9
/** A row, its name (an element and a text) and the text of its facts. */
export const DELTA_ROW_NODES = 4

export const ERROR_ROW = 34
export const ERROR_MOST_ROWS = 7

export const HIT_ROW = 46
export const HIT_MOST_ROWS = 8

export const GRID_ROW = 28
/** Height of the head, and of one without types. */
export const GRID_HEAD = 44
export const GRID_BARE_HEAD = 28
export const GRID_MOST_COLUMNS = 8
export const GRID_LEAST_ROWS = 3
export const GRID_MOST_ROWS = 24
/** Width of one character in a cell. */
export const GRID_CHARACTER = 7.7
/** Width of a cell beside its text. */
export const GRID_PADDING = 22
export const GRID_WIDEST_CELL = 320
/** Characters of a cell that go into the document; the cell's dialog shows the rest. */
export const CELL_SHOWN = 240
/** Characters that a differing cell shows of what it shares with the other, before the first difference. */
export const CELL_SHARED = 12

/** The most rows that a tree of this height in pixels draws; 0, where nothing is laid out, stands for some window. */
export function treeRowsIn(height: number): number {
  return Math.min(TREE_MOST_ROWS, height === 0 ? 28 : Math.ceil(height / TREE_ROW) + 3)
}
