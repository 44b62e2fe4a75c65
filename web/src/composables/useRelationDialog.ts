import { shallowRef } from 'vue'
import type { User } from '@/api/types'

interface Question {
  about: 'mute' | 'block'
  user: Pick<User, 'id' | 'username'>
}

const question = shallowRef<Question | null>(null)

/** The dialog that asks before somebody is muted or blocked; there is one, since what it is opened from may go. */
export function useRelationDialog() {
  function ask(about: Question['about'], { id, username }: Question['user']): void {
    // After the menu has closed and given back the focus, which the dialog gives back then.
    setTimeout(() => (question.value = { about, user: { id, username } }))
  }

  function close(): void {
    question.value = null
  }

  return { question, ask, close }
}
