import { onScopeDispose } from 'vue'
import { randomId } from '@/session/browserTabs'

/**
 * The browser's way back, or its gesture, closes what fills the screen, and the page below stays. To be called when it opens; closed
 * otherwise, it leaves nothing to go back to.
 */
export function useBackToClose(close: () => void): void {
  const mark = randomId()
  const address = location.href
  const isHere = () => history.state?.over === mark && location.href === address

  // What the router keeps of the page is in it, so that it finds everything as it was.
  history.pushState({ ...history.state, over: mark }, '')

  /** Before the router hears of it, for which nothing has changed. */
  function goBack(event: PopStateEvent): void {
    removeEventListener('popstate', goBack, true)
    if (location.href !== address) return
    event.stopImmediatePropagation()
    close()
  }
  addEventListener('popstate', goBack, true)

  onScopeDispose(() => {
    // Somebody went back already, or on to another page.
    if (isHere()) history.back()
    else removeEventListener('popstate', goBack, true)
  })
}
