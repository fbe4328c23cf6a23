// The document never holds more than 500 nodes, texts counted: what each list may draw is shared out here. Heights are
// CSS pixels, as in the style sheet.

export const TREE_ROW = 30
export const TREE_MOST_ROWS = 26

export const DELTA_ROW = 34
export const DELTA_MOST_ROWS = 9

export const HIT_ROW = 46
export const HIT_MOST_ROWS = 9

export const GRID_ROW = 28
export const GRID_HEAD = 44
/** Width of the column that numbers the rows. */
export const GRID_GUTTER = 84
/** Nodes for the rows of one grid: a cell is an element and its text. */
export const GRID_NODES = 210
export const GRID_MOST_COLUMNS = 9
export const GRID_MOST_ROWS = 24
/** Width of one character in a cell. */
export const GRID_CHARACTER = 7.7
/** Characters of a cell that go into the document; the cell's dialog shows the rest. */
export const CELL_SHOWN = 240
