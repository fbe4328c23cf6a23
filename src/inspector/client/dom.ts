/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
// The only file that names the DOM's types: the others come here for elements, and text goes in as text alone.

/** What an element may be given: attributes (`null` and `false` leave one out) and `on…` listeners. */
export type Attributes = Readonly<Record<string, string | number | boolean | null | ((event: never) => void)>>

/** An element with attributes, listeners and children; a string child becomes text, never markup. */
export function h<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(key.slice(2), value as EventListener)
    else if (value !== null && value !== false) element.setAttribute(key, value === true ? '' : String(value))
  }
  element.append(...children)
  return element
}

let made = 0

/** A new prefix for the ids of one widget's parts. */
export function idPrefix(widget: string): string {
  made += 1
  return `${widget}${made}-`
}

/** The element of `selector` that an event happened in, or `null`. */
export function within(event: Event, selector: string): HTMLElement | null {
  return event.target instanceof Element ? event.target.closest<HTMLElement>(selector) : null
}
