import { onMounted, onUnmounted, ref } from 'vue'
import { storage } from '@/session/browserTabs'

const storageKey = 'pamps-shortcuts-off'

/** Single keys get in the way of speech input and some screen readers, so they can be switched off. */
export const shortcutsAreOn = ref(storage.get<boolean>(storageKey) !== true)

export function switchShortcuts(on: boolean): void {
  shortcutsAreOn.value = on
  if (on) storage.remove(storageKey)
  else storage.set(storageKey, true)
}

/** Calls the function of the key that was pressed, unless something is being typed or a dialog is open. */
export function useShortcuts(actions: Record<string, () => void>): void {
  function onKeydown(event: KeyboardEvent): void {
    const action = actions[event.key]
    if (!action || !shortcutsAreOn.value || event.defaultPrevented) return
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    const target = event.target as HTMLElement
    if (target.isContentEditable || target.closest('input, textarea, select, [role=dialog], [role=menu]')) return
    if (document.querySelector('[role=dialog]')) return
    event.preventDefault()
    action()
  }

  onMounted(() => addEventListener('keydown', onKeydown))
  onUnmounted(() => removeEventListener('keydown', onKeydown))
}

/** Moves the focus to the next or previous post on the page; the first in sight when none has it. */
export function focusPost(step: 1 | -1): void {
  const cards = [...document.querySelectorAll<HTMLElement>('main [data-post-card]')]
  const current = cards.findIndex((x) => x.contains(document.activeElement))
  const headroom = 60
  const next = current < 0 ? cards.findIndex((x) => x.getBoundingClientRect().top >= headroom) : current + step
  const card = cards[next]
  card?.focus({ preventScroll: true })
  card?.scrollIntoView({ block: 'nearest' })
}
