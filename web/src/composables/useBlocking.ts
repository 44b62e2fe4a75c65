import { useI18n } from 'vue-i18n'
import { blockUser, unblockUser } from '@/api/relations'
import type { User } from '@/api/types'
import { useFollowStore } from '@/stores/follows'
import { useProfileStore } from '@/stores/profiles'
import { useRelationStore } from '@/stores/relations'
import { useSwitchWithUndo } from './useSwitchWithUndo'

/** Blocks somebody, or ends that; what they wrote goes and comes at once, in all lists. */
export function useBlocking() {
  const { t } = useI18n()
  const relations = useRelationStore()
  const follows = useFollowStore()
  const profiles = useProfileStore()
  const switchTo = useSwitchWithUndo()

  function setBlocked({ id, username }: Pick<User, 'id' | 'username'>, wanted: boolean): Promise<void> {
    return switchTo(wanted, t(wanted ? 'relation.blocked' : 'relation.unblocked', { name: username }), () => ({
      key: `block:${id}`,
      // Who is to be unblocked is blocked, also when this page has not read so.
      isOn: relations.isBlocked(id) ?? !wanted,
      show: (on) => relations.noteBlocked(id, on),
      send: async (on) => {
        await (on ? blockUser(username) : unblockUser(username))
        // A block ends what they had with each other, for good.
        if (on) follows.note(id, 'no')
        if (profiles.find(username)) void profiles.read(username).catch(() => {})
      },
    }))
  }

  return { setBlocked }
}
