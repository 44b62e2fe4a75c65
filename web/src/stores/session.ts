import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { useTokens } from '@/api/client'
import { readMe } from '@/api/users'
import type { SecondFactorGiven } from '@/api/sessions'
import type { OwnProfile } from '@/api/types'
import { forgetSharedPictures } from '@/sharedPictures'
import { forgetDrafts, leaveDrafts, takeDrafts } from '@/session/drafts'
import { TokenKeeper, type SessionEnd } from '@/session/tokenKeeper'

/** Whether somebody sees reports and acts on them. */
export const isModerator = (me: OwnProfile | null) => me !== null && me.role !== 'member'

/** Whether somebody decides over others' accounts. */
export const isAdmin = (me: OwnProfile | null) => me !== null && (me.role === 'admin' || me.role === 'owner')

/** Who is signed in. */
export const useSessionStore = defineStore('session', () => {
  const keeper = new TokenKeeper({ signedInElsewhere: () => void changeIdentity().catch(() => {}), ended: leave })
  useTokens(keeper)

  const hint = ref(keeper.hint)
  const me = shallowRef<OwnProfile | null>(null)
  /** How the last session ended; null after signing out here. */
  const end = ref<SessionEnd | null>(null)
  /** Counts sign-ins and sign-outs; whatever was read as somebody else is stale when it changes. */
  const generation = ref(0)

  /** True from the start when an earlier visit left a session; whether it still holds shows with the first request. */
  const isSignedIn = computed(() => hint.value !== null)
  const username = computed(() => me.value?.username ?? hint.value?.username ?? null)
  const displayName = computed(() => (me.value ? me.value.display_name : (hint.value?.display_name ?? null)))
  const avatar = computed(() => (me.value ? me.value.avatar : (hint.value?.avatar ?? null)))

  /** Reads the caller's own profile; also after it was changed. */
  async function loadMe(): Promise<void> {
    setMe(await readMe())
  }

  function setMe(profile: OwnProfile): void {
    me.value = profile
    end.value = null
    hint.value = keeper.hint = { username: profile.username, avatar: profile.avatar, display_name: profile.display_name }
  }

  async function start(): Promise<void> {
    if (isSignedIn.value) await loadMe()
  }

  async function signIn(name: string, password: string, second?: SecondFactorGiven): Promise<void> {
    await keeper.signIn(name, password, second)
    await changeIdentity()
  }

  async function signInWithPasskey(credential: object): Promise<void> {
    await keeper.signInWithPasskey(credential)
    try {
      await changeIdentity()
    } catch (error) {
      // Whose session it is nobody here knows: no later visit would find it, and it would stay open.
      await keeper.signOut()
      throw error
    }
  }

  /** Signs in again as the same person: what cannot be undone asks for a password of just now. */
  async function confirm(password: string, otp?: string): Promise<void> {
    if (!username.value) return
    await keeper.signIn(username.value, password, { otp })
    // The keeper does not know the picture.
    if (me.value) setMe(me.value)
  }

  /** @param leavePage Leads away from what is only for who is signed in, which else would lead to signing in again. */
  async function signOut(leavePage: () => Promise<unknown>): Promise<void> {
    await keeper.signOut()
    forgetDrafts(username.value)
    await forgetSharedPictures()
    await leavePage()
    leave()
  }

  /** Signs out so that one signs in anew, maybe as somebody else: what was begun is forgotten only then. */
  async function changeAccount(leavePage: () => Promise<unknown>): Promise<void> {
    leaveDrafts(username.value)
    await keeper.signOut()
    await leavePage()
    leave()
  }

  async function changeIdentity(): Promise<void> {
    const before = me.value?.id
    me.value = null
    await loadMe()
    if (takeDrafts(me.value!.username)) await forgetSharedPictures()
    // Another tab may have signed in as the same person, to confirm something; nothing is stale then.
    if (me.value!.id !== before) generation.value++
  }

  function leave(how: SessionEnd | null = null): void {
    if (!isSignedIn.value) return
    end.value = how
    hint.value = null
    me.value = null
    generation.value++
  }

  return { me, username, displayName, avatar, isSignedIn, end, generation, start, loadMe, setMe, signIn, signInWithPasskey, confirm, signOut, changeAccount, keeper }
})
