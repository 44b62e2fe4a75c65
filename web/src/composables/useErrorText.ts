import { useI18n } from 'vue-i18n'
import { ApiError, NetworkError } from '@/api/errors'
import { LostPartError } from '@/parts'
import { duration } from '@/text/duration'
import { useProblemText } from './useProblemText'

/** Says what went wrong, in the reader's language where the client knows, else in the server's words. */
export function useErrorText() {
  const { t, locale } = useI18n()
  const { knownText } = useProblemText()

  return (error: unknown): string => {
    if (error instanceof LostPartError) return t(error.isGone ? 'error.gone' : 'error.part')
    if (error instanceof NetworkError) return t('error.network')
    if (!(error instanceof ApiError)) return t('error.unknown')
    const known = knownText(error)
    if (known) return known
    if (error.status === 429) {
      return error.retryAfter
        ? t('error.tooMuch', { time: duration(error.retryAfter, locale.value) })
        : t('error.tooFast')
    }
    if (error.status >= 500) return t('error.server')
    if (error.status === 401) return t('error.signedOut')
    return Object.values(error.errors)[0]?.[0] ?? error.detail
  }
}
