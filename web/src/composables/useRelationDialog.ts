import { shallowRef } from 'vue'
import type { User } from '@/api/types'
import { withPageTexts } from '@/i18n'
import { waitFor } from '@/parts'

export const loadMuteDialog = withPageTexts(() => import('@/components/user/UserMuteDialog.vue'))
export const loadReportDialog = withPageTexts(() => import('@/components/user/UserReportDialog.vue'))
export const loadBlockDialog = withPageTexts(() => import('@/components/user/UserBlockDialog.vue'))

interface Question {
  about: 'mute' | 'block' | 'report'
  user: Pick<User, 'id' | 'username'>
  /** The post that the report begins with. */
  postId?: number
}

const loads = { mute: loadMuteDialog, block: loadBlockDialog, report: loadReportDialog }
const question = shallowRef<Question | null>(null)

/** The dialog that asks before somebody is muted, blocked or reported; there is one, since what it is opened from may go. */
export function useRelationDialog() {
  function ask(about: Question['about'], { id, username }: Question['user'], postId?: number): void {
    // After the menu has closed and given back the focus, which the dialog gives back then.
    setTimeout(async () => {
      await waitFor<unknown>(loads[about])
      question.value = { about, user: { id, username }, postId }
    })
  }

  function close(): void {
    question.value = null
  }

  return { question, ask, close }
}
