import { changeMe } from '@/api/users'
import { useSessionStore } from '@/stores/session'
import { useOptimisticToggle } from './useOptimisticToggle'

/** Whether the visitor says themselves who may follow them. */
export function useLocking() {
  const session = useSessionStore()
  const toggle = useOptimisticToggle()

  function toggleLocked(): Promise<void> {
    return toggle({
      key: 'locked',
      isOn: session.me?.locked === true,
      show: (locked) => session.me && session.setMe({ ...session.me, locked }),
      send: (locked) => changeMe({ locked }),
    })
  }

  return { toggleLocked }
}
