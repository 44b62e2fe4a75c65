import { useI18n } from 'vue-i18n'
import { ApiError, NetworkError } from '@/api/errors'
import { serverMessageKey } from './serverMessages'

/** Says what went wrong, in the reader's language where the client knows, else in the server's words. */
export function useErrorText() {
  const { t } = useI18n()

  return (error: unknown): string => {
    if (error instanceof NetworkError) return t('error.network')
    if (!(error instanceof ApiError)) return t('error.unknown')
    if (error.status === 429) return t('error.tooFast')
    if (error.status >= 500) return t(serverMessageKey(error.detail) ?? 'error.server')
    if (error.status === 401) return t('error.signedOut')
    return Object.values(error.errors)[0]?.[0] ?? error.detail
  }
}
