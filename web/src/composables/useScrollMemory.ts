import { nextTick } from 'vue'
import type { RouterScrollBehavior } from 'vue-router'
import { restoreFocus } from './useFocusMemory'

const longestWait = 1_500

/** Going back finds the place again: waits until the page is as long as it was. */
export const restoreScroll: RouterScrollBehavior = async (to, from, saved) => {
  if (saved) {
    await nextTick()
    await pageIsLongEnough(saved.top)
    restoreFocus(to.fullPath)
    return { ...saved, behavior: 'instant' }
  }
  if (to.hash) return { el: to.hash }
  // A change of the query or of a tab keeps the head of the page where it is.
  if (to.name === from.name && to.name === 'user' && to.params.username === from.params.username) return false
  return { top: 0, behavior: 'instant' }
}

function pageIsLongEnough(top: number): Promise<void> {
  const until = performance.now() + longestWait
  return new Promise((resolve) => {
    const look = () => {
      const reachable = document.documentElement.scrollHeight - innerHeight
      if (reachable >= top || performance.now() > until) resolve()
      else requestAnimationFrame(look)
    }
    look()
  })
}
