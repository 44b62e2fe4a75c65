import { computed, ref } from 'vue'
import { storage } from '@/session/browserTabs'
import { useSessionStore } from '@/stores/session'

const key = 'pamps-welcome'
/** The name of somebody who has made an account here and has not yet said that they are done. */
const newcomer = ref(storage.get<string>(key))

/** Welcomes somebody who has just made an account here, until they have had enough of it. */
export function useWelcome() {
  const session = useSessionStore()

  function begin(username: string): void {
    newcomer.value = username
    storage.set(key, username)
  }

  function end(): void {
    newcomer.value = null
    storage.remove(key)
  }

  return { isNew: computed(() => newcomer.value !== null && newcomer.value === session.username), begin, end }
}
