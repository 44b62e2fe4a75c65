/** What had the focus on each page when it was left, for going back to it. */
const places = new Map<string, string>()

/** Enough to go back and forth for a while. */
const most = 50

/** To be called with the address of the page that is left. */
export function keepFocus(address: string): void {
  const focused = document.activeElement
  const card = focused?.closest<HTMLElement>('[data-post-card]')
  const link = focused?.closest('main a[href]')
  const parts = [card && `[data-post-card="${card.dataset.postCard}"]`, link && `a[href="${CSS.escape(link.getAttribute('href')!)}"]`]
  const selector = parts.filter(Boolean).join(' ')
  places.delete(address)
  if (!selector) return
  places.set(address, `main ${selector}`)
  if (places.size > most) places.delete(places.keys().next().value!)
}

/** Gives the focus back to what led away from this page, where that is there again. */
export function restoreFocus(address: string): void {
  const selector = places.get(address)
  if (selector) document.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true })
}
