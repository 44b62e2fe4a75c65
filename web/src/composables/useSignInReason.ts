import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { keptDeed } from '@/session/deeds'
import { useSessionStore } from '@/stores/session'

/** Why somebody is asked to sign in: what they wanted to do, or that they were signed out. */
export function useSignInReason() {
  const { t } = useI18n()
  const session = useSessionStore()
  const deed = keptDeed()

  return computed(() => {
    if (deed?.kind === 'like') return t('account.toLike')
    if (deed?.kind === 'follow') return t('account.toFollow', { name: deed.username })
    return session.end && t(`session.${session.end}`)
  })
}
