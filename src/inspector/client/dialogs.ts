import type { CellText, ColumnView } from '../model.ts'
import { h } from './dom.ts'

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

/** One cell, whole. */
export function openCell(column: ColumnView, cell: CellText): void {
  openDialog(`${column.name}: ${column.type}`, h('pre', { tabindex: 0 }, cell ?? 'null'))
}

/** What each key does. */
const keys: readonly (readonly [key: string, what: string])[] = [
  ['Tab', 'from the tree to the deltas, the views and the rows'],
  ['↑ ↓', 'one row up or down; PageUp and PageDown a screen'],
  ['← →', 'close or open a level of the tree; change the view; a column left or right'],
  ['Home End', 'the first and the last; in rows with Ctrl'],
  ['Enter', 'open: a hit, or a cell’s whole text'],
  ['/', 'search'],
  ['?', 'this list'],
]

/** The list of keys. */
export function openHelp(about: string): void {
  const rows = keys.map(([key, what]) => h('div', {}, h('dt', {}, h('kbd', {}, key)), h('dd', {}, what)))
  openDialog('Keyboard', h('dl', { class: 'keys' }, ...rows), h('p', { class: 'caption' }, about))
}
