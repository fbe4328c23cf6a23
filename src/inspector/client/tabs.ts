import { h, idPrefix } from './dom.ts'

/**
 * Tabs with one panel, filled when its tab is chosen; arrow keys move between the tabs.
 *
 * @param onChoose told when the reader has chosen one, and whether by an arrow key
 */
export function createTabs<Name extends string>(
  label: string,
  tabs: readonly (readonly [name: Name, text: string])[],
  first: Name,
  fill: (name: Name) => Promise<HTMLElement>,
  onChoose: (name: Name, byKey: boolean) => void,
): HTMLElement {
  const prefix = idPrefix('tabs')
  const list = h('div', { role: 'tablist', 'aria-label': label, class: 'tabs' })
  const panel = h('div', { role: 'tabpanel', id: `${prefix}panel`, class: 'panel' })
  const buttons = tabs.map(([name, text]) =>
    h('button', { role: 'tab', type: 'button', id: `${prefix}${name}`, 'aria-controls': `${prefix}panel` }, text),
  )
  list.append(...buttons)
  let chosen = -1

  const choose = async (index: number): Promise<void> => {
    const name = tabs[index]?.[0]
    if (name === undefined || index === chosen) return
    chosen = index
    buttons.forEach((button, place) => {
      button.setAttribute('aria-selected', String(place === index))
      button.tabIndex = place === index ? 0 : -1
    })
    panel.setAttribute('aria-labelledby', `${prefix}${name}`)
    panel.setAttribute('aria-busy', 'true')
    const content = await fill(name).catch((error: unknown) =>
      h('p', { role: 'alert' }, `This can't be shown: ${error instanceof Error ? error.message : String(error)}`),
    )
    // Another tab may have been chosen while this one was read.
    if (chosen === index) {
      panel.replaceChildren(content)
      panel.removeAttribute('aria-busy')
    }
  }
  const chooseAnother = (index: number, byKey: boolean): void => {
    const name = tabs[index]?.[0]
    if (name === undefined || index === chosen) return
    onChoose(name, byKey)
    void choose(index)
  }
  list.addEventListener('click', (event) => {
    const index = buttons.findIndex((button) => event.target instanceof Node && button.contains(event.target))
    chooseAnother(index, false)
  })
  list.addEventListener('keydown', (event) => {
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: (chosen + buttons.length - 1) % buttons.length,
      ArrowRight: (chosen + 1) % buttons.length,
      Home: 0,
      End: buttons.length - 1,
    }
    const target = steps[event.key]
    if (target === undefined) return
    event.preventDefault()
    buttons[target]?.focus()
    chooseAnother(target, true)
  })
  void choose(tabs.findIndex(([name]) => name === first))
  return h('div', { class: 'tabbed' }, list, panel)
}
