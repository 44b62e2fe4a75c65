import { reactive, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { ApiError } from '@/api/errors'
import { answerFollowRequest } from '@/api/relations'
import type { User } from '@/api/types'
import { useSessionStore } from '@/stores/session'
import { useToastStore } from '@/stores/toasts'
import { useErrorText } from './useErrorText'
import { useGracePeriod } from './useGracePeriod'

/** The ids of those who were answered: lists skip them. */
const answered = reactive(new Set<number>())

/** Answers those who ask to follow, after a few seconds in which it can be taken back. */
export function useFollowRequests() {
  const { t } = useI18n()
  const session = useSessionStore()
  const toasts = useToastStore()
  const errorText = useErrorText()
  const doSoon = useGracePeriod()

  watch(() => session.generation, () => answered.clear(), { flush: 'sync' })

  const show = (id: number, done: boolean) => void (done ? answered.add(id) : answered.delete(id))

  function answer({ id, username }: Pick<User, 'id' | 'username'>, how: 'accept' | 'reject'): void {
    doSoon({
      key: `follow-request:${id}`,
      text: t(how === 'accept' ? 'relation.accepted' : 'relation.rejected', { name: username }),
      show: (done) => show(id, done),
      send: async (keepalive) => {
        try {
          await answerFollowRequest(username, how, keepalive)
        } catch (error) {
          // The request was taken back, or answered elsewhere.
          if (error instanceof ApiError && error.status === 404) return
          show(id, false)
          toasts.showError(errorText(error))
        }
      },
    })
  }

  return { isAnswered: (id: number) => answered.has(id), answer }
}
