import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { useI18n } from 'vue-i18n'
import { followUser, unfollowUser } from '@/api/users'
import type { User } from '@/api/types'
import { useFollowStore } from '@/stores/follows'
import { useListStore } from '@/stores/lists'
import { listKeys } from '@/stores/places'
import { useToastStore } from '@/stores/toasts'
import { useErrorText } from './useErrorText'
import { takeBack, useGracePeriod } from './useGracePeriod'
import { useOptimisticToggle } from './useOptimisticToggle'

/** Follows a user, or asks to; stops, or takes the request back. Shown at once everywhere. */
export function useFollow(user: MaybeRefOrGetter<Pick<User, 'id' | 'username'> & { locked?: boolean }>) {
  const { t } = useI18n()
  const follows = useFollowStore()
  const lists = useListStore()
  const toasts = useToastStore()
  const errorText = useErrorText()
  const toggle = useOptimisticToggle()
  const doSoon = useGracePeriod()

  /** Undefined while it is not known. */
  const state = computed(() => follows.stateOf(toValue(user).id))

  async function toggleFollow(): Promise<void> {
    if (takeBack(`follow:${toValue(user).id}`)) return
    if (state.value === 'yes' || state.value === 'asked') unfollow(state.value)
    else await follow()
  }

  function follow(): Promise<void> {
    const { id, username, locked } = toValue(user)
    return toggle({
      key: `follow:${id}`,
      isOn: false,
      show: (isOn) => follows.note(id, isOn ? (locked ? 'asked' : 'yes') : 'no'),
      send: async () => {
        const { pending } = await followUser(username)
        // Unless it was taken back meanwhile.
        if (follows.stateOf(id) !== 'no') follows.note(id, pending ? 'asked' : 'yes')
        lists.markStale(listKeys.home)
      },
      deed: { kind: 'follow', username },
    })
  }

  /** Whoever is locked would have to say yes once more, and anybody would be told anew. */
  function unfollow(before: 'yes' | 'asked'): void {
    const { id, username } = toValue(user)
    doSoon({
      key: `follow:${id}`,
      text: t(before === 'yes' ? 'relation.unfollowed' : 'relation.takenBack', { name: username }),
      show: (done) => follows.note(id, done ? 'no' : before),
      send: async (keepalive) => {
        try {
          await unfollowUser(username, keepalive)
          lists.markStale(listKeys.home)
        } catch (error) {
          follows.note(id, before)
          toasts.showError(errorText(error))
        }
      },
    })
  }

  return { state, toggleFollow }
}
