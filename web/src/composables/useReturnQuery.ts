import { computed } from 'vue'
import { useRoute } from 'vue-router'

/** For links to signing in and up: leads back to where one is, or was before those pages. */
export function useReturnQuery() {
  const route = useRoute()

  return computed(() => {
    const next = route.meta.signedOut ? route.query.next : route.fullPath
    return typeof next === 'string' && next !== '/' ? { next } : {}
  })
}
