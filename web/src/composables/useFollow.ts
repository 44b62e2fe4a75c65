import type { Ref } from 'vue'
import { followUser, unfollowUser } from '@/api/users'
import type { Profile } from '@/api/types'
import { useListStore } from '@/stores/lists'
import { useOptimisticToggle } from './useOptimisticToggle'

/** Follows the user of a profile, or stops. */
export function useFollow(profile: Ref<Profile | null>) {
  const lists = useListStore()
  const toggle = useOptimisticToggle()

  function show(on: boolean): void {
    const shown = profile.value
    if (!shown || (shown.followed === true) === on) return
    profile.value = { ...shown, followed: on, followers_count: Math.max(0, shown.followers_count + (on ? 1 : -1)) }
  }

  async function toggleFollow(): Promise<void> {
    const shown = profile.value
    if (!shown) return
    await toggle({
      key: `follow:${shown.id}`,
      isOn: shown.followed === true,
      show,
      send: async (on) => {
        await (on ? followUser(shown.username) : unfollowUser(shown.username))
        lists.markStale('home')
      },
    })
  }

  return { toggleFollow }
}
