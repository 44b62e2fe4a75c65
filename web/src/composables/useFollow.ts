import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { followUser, unfollowUser } from '@/api/users'
import type { User } from '@/api/types'
import { useFollowStore } from '@/stores/follows'
import { useListStore } from '@/stores/lists'
import { listKeys } from '@/stores/places'
import { useOptimisticToggle } from './useOptimisticToggle'

/** Follows a user, or asks to; stops, or takes the request back. Shown at once everywhere. */
export function useFollow(user: MaybeRefOrGetter<Pick<User, 'id' | 'username'> & { locked?: boolean }>) {
  const follows = useFollowStore()
  const lists = useListStore()
  const toggle = useOptimisticToggle()

  /** Undefined while it is not known. */
  const state = computed(() => follows.stateOf(toValue(user).id))

  function toggleFollow(): Promise<void> {
    const { id, username, locked } = toValue(user)
    const isOn = state.value === 'yes' || state.value === 'asked'
    const on = isOn ? state.value! : locked ? 'asked' : 'yes'
    return toggle({
      key: `follow:${id}`,
      isOn,
      show: (isOn) => follows.note(id, isOn ? on : 'no'),
      send: async (isOn) => {
        if (isOn) {
          const { pending } = await followUser(username)
          // Unless it was taken back meanwhile.
          if (follows.stateOf(id) !== 'no') follows.note(id, pending ? 'asked' : 'yes')
        } else {
          await unfollowUser(username)
        }
        lists.markStale(listKeys.home)
      },
    })
  }

  return { state, toggleFollow }
}
