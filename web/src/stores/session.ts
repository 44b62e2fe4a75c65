import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { useTokens } from '@/api/client'
import { readMe } from '@/api/users'
import type { OwnProfile } from '@/api/types'
import { TokenKeeper } from '@/session/tokenKeeper'

/** Who is signed in. */
export const useSessionStore = defineStore('session', () => {
  const keeper = new TokenKeeper({ signedInElsewhere: () => void changeIdentity().catch(() => {}), ended: leave })
  useTokens(keeper)

  const hint = ref(keeper.hint)
  const me = shallowRef<OwnProfile | null>(null)
  /** Counts sign-ins and sign-outs; whatever was read as somebody else is stale when it changes. */
  const generation = ref(0)

  /** True from the start when an earlier visit left a session; whether it still holds shows with the first request. */
  const isSignedIn = computed(() => hint.value !== null)
  const username = computed(() => me.value?.username ?? hint.value?.username ?? null)
  const avatar = computed(() => (me.value ? me.value.avatar : (hint.value?.avatar ?? null)))

  /** Reads the caller's own profile; also after it was changed. */
  async function loadMe(): Promise<void> {
    setMe(await readMe())
  }

  function setMe(profile: OwnProfile): void {
    me.value = profile
    hint.value = keeper.hint = { username: profile.username, avatar: profile.avatar }
  }

  async function start(): Promise<void> {
    if (isSignedIn.value) await loadMe()
  }

  async function signIn(name: string, password: string): Promise<void> {
    await keeper.signIn(name, password)
    await changeIdentity()
  }

  async function signOut(): Promise<void> {
    leave()
    await keeper.signOut()
  }

  async function changeIdentity(): Promise<void> {
    me.value = null
    await loadMe()
    generation.value++
  }

  function leave(): void {
    if (!isSignedIn.value) return
    hint.value = null
    me.value = null
    generation.value++
  }

  return { me, username, avatar, isSignedIn, generation, start, loadMe, setMe, signIn, signOut, keeper }
})
