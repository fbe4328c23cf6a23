import type { ColumnView } from '../model.ts'
import type { DifferingPart } from './differing.ts'
import { h } from './dom.ts'
import type { GridRow } from './sources.ts'

/** Shows content over the page until it is closed; the focus then goes back to where it was. */
function openDialog(title: string, ...content: readonly Node[]): void {
  const close = h('button', { type: 'button' }, 'Close')
  const dialog = h(
    'dialog',
    { 'aria-labelledby': 'dialog-title' },
    h('h2', { id: 'dialog-title' }, title),
    ...content,
    close,
  )
  close.addEventListener('click', () => dialog.close())
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
}

/** One cell, whole; what of it differs from the one beside it is marked. */
export function openCell(column: ColumnView, row: GridRow, place: number): void {
  const cell = row.cells[place] ?? null
  const part = row.marked.get(place)
  const title = column.type === '' ? column.name : `${column.name}: ${column.type}`
  openDialog(title, h('pre', { tabindex: 0 }, ...(part && cell ? markedText(cell, part) : [cell ?? 'null'])))
}

function markedText(text: string, { from, to }: DifferingPart): (Node | string)[] {
  return [text.slice(0, from), h('mark', {}, text.slice(from, to)), text.slice(to)].filter((each) => each !== '')
}

/** What each key does. */
const keys: readonly (readonly [key: string, what: string])[] = [
  ['Tab', 'from the tree to the deltas, the views and the rows'],
  ['↑ ↓', 'one row up or down; PageUp and PageDown a screen'],
  ['← →', 'close or open a level of the tree; change the view; a column left or right'],
  ['* -', 'open all levels of the tree; close all catalogs'],
  ['Home End', 'the first and the last; in rows with Ctrl'],
  ['Enter', 'open: a hit, or a cell’s whole text'],
  ['/', 'search'],
  ['?', 'this list'],
]

/** The list of keys. */
export function openHelp(about: string): void {
  const rows = keys.flatMap(([key, what]) => [h('dt', {}, key), h('dd', {}, what)])
  openDialog('Keyboard', h('dl', { class: 'keys' }, ...rows), h('p', { class: 'caption' }, about))
}
