import { onMounted, onUnmounted } from 'vue'

const items = 'main :is([data-post-card], li)'

const main = () => document.getElementById('main')

function focusItem(item: Element): void {
  const target = item.matches('[tabindex]') ? item : item.querySelector('a[href], button')
  ;((target ?? main()) as HTMLElement | null)?.focus({ preventScroll: true })
}

/**
 * What goes from a list, deleted or dealt with, takes the focus with it. The one beside it gets it, so that whoever uses the
 * keyboard goes on there; and what is brought back by a message gets it back.
 */
export function useFocusKeeper(): void {
  let item: Element | null = null
  let beside: (Element | null)[] = []
  let isInMessage = false

  function note({ target }: FocusEvent): void {
    isInMessage = (target as Element).closest('.app-toasts') !== null
    const found = (target as Element).closest(items)
    if (!found) return
    item = found
    beside = [found.nextElementSibling, found.previousElementSibling]
  }

  function look(): void {
    if (document.activeElement !== document.body || !item) return
    if (!item.isConnected) {
      const next = beside.find((x) => x?.matches(items) && x.isConnected)
      item = null
      if (next) focusItem(next)
      else main()?.focus({ preventScroll: true })
    } else if (isInMessage) {
      isInMessage = false
      // What was brought back stands before the one that had got the focus.
      focusItem(item.previousElementSibling?.matches(items) && item.previousElementSibling !== beside[1] ? item.previousElementSibling : item)
    }
  }

  const observer = new MutationObserver(look)
  onMounted(() => {
    addEventListener('focusin', note)
    observer.observe(document.body, { childList: true, subtree: true })
  })
  onUnmounted(() => {
    removeEventListener('focusin', note)
    observer.disconnect()
  })
}
