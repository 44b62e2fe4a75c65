import { useI18n } from 'vue-i18n'
import { muteUser, unmuteUser } from '@/api/relations'
import type { MuteRequest, User } from '@/api/types'
import { useRelationStore } from '@/stores/relations'
import { useSwitchWithUndo } from './useSwitchWithUndo'

const forever: MuteRequest = { duration: null, notifications: true }

/** Mutes somebody, or ends that; what they wrote goes and comes at once, in all lists. */
export function useMuting() {
  const { t } = useI18n()
  const relations = useRelationStore()
  const switchTo = useSwitchWithUndo()

  function setMuted({ id, username }: Pick<User, 'id' | 'username'>, wanted: boolean, how = forever): Promise<void> {
    return switchTo(wanted, t(wanted ? 'relation.muted' : 'relation.unmuted', { name: username }), () => ({
      key: `mute:${id}`,
      // Who is to be unmuted is muted, also when this page has not read so.
      isOn: relations.isMuted(id) ?? !wanted,
      show: (on) => relations.noteMuted(id, on ? toMuting(how) : null),
      send: (on) => (on ? muteUser(username, how) : unmuteUser(username)),
    }))
  }

  return { setMuted }
}

function toMuting({ duration, notifications }: MuteRequest) {
  return { notifications, until: duration === null ? null : Date.now() + duration * 1_000 }
}
