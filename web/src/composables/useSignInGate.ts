import { useRoute, useRouter } from 'vue-router'
import { keepDeed, type Deed } from '@/session/deeds'
import { useSessionStore } from '@/stores/session'

/** For what only people with an account can do. */
export function useSignInGate() {
  const session = useSessionStore()
  const router = useRouter()
  const route = useRoute()

  /**
   * True when somebody is signed in. Otherwise leads to the sign-in page, and afterwards back here or to `next`; `deed` is done
   * then.
   */
  function mayGoOn({ deed, next }: { deed?: Deed; next?: string } = {}): boolean {
    if (session.isSignedIn) return true
    if (deed) keepDeed(deed)
    void router.push({ name: 'sign-in', query: { next: next ?? route.fullPath } })
    return false
  }

  return { mayGoOn }
}
