import { useRoute, useRouter } from 'vue-router'
import { useSessionStore } from '@/stores/session'

/** For what only people with an account can do. */
export function useSignInGate() {
  const session = useSessionStore()
  const route = useRoute()
  const router = useRouter()

  /** True when somebody is signed in; leads to the sign-in page, and back here afterwards, otherwise. */
  function mayGoOn(): boolean {
    if (session.isSignedIn) return true
    void router.push({ name: 'sign-in', query: { next: route.fullPath } })
    return false
  }

  return { mayGoOn }
}
