import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { followUser, unfollowUser } from '@/api/users'
import type { User } from '@/api/types'
import { useFollowStore } from '@/stores/follows'
import { useListStore } from '@/stores/lists'
import { listKeys } from '@/stores/places'
import { useOptimisticToggle } from './useOptimisticToggle'

/** Follows a user, or stops; shown at once everywhere. `isFollowed` is undefined while it is not known. */
export function useFollow(user: MaybeRefOrGetter<Pick<User, 'id' | 'username'>>) {
  const follows = useFollowStore()
  const lists = useListStore()
  const toggle = useOptimisticToggle()

  const isFollowed = computed(() => follows.isFollowed(toValue(user).id))

  function toggleFollow(): Promise<void> {
    const { id, username } = toValue(user)
    return toggle({
      key: `follow:${id}`,
      isOn: isFollowed.value === true,
      show: (on) => follows.note(id, on),
      send: async (on) => {
        await (on ? followUser(username) : unfollowUser(username))
        lists.markStale(listKeys.home)
      },
    })
  }

  return { isFollowed, toggleFollow }
}
