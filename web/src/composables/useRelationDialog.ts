import { shallowRef } from 'vue'
import type { User } from '@/api/types'
import { withPageTexts } from '@/i18n'
import { waitFor } from '@/parts'

export const loadMuteDialog = withPageTexts(() => import('@/components/user/UserMuteDialog.vue'))
export const loadBlockDialog = withPageTexts(() => import('@/components/user/UserBlockDialog.vue'))

interface Question {
  about: 'mute' | 'block'
  user: Pick<User, 'id' | 'username'>
}

const question = shallowRef<Question | null>(null)

/** The dialog that asks before somebody is muted or blocked; there is one, since what it is opened from may go. */
export function useRelationDialog() {
  function ask(about: Question['about'], { id, username }: Question['user']): void {
    // After the menu has closed and given back the focus, which the dialog gives back then.
    setTimeout(async () => {
      await (about === 'mute' ? waitFor(loadMuteDialog) : waitFor(loadBlockDialog))
      question.value = { about, user: { id, username } }
    })
  }

  function close(): void {
    question.value = null
  }

  return { question, ask, close }
}
