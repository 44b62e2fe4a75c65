import { useI18n } from 'vue-i18n'
import { useToastStore } from '@/stores/toasts'

/** Puts an address on the clipboard, and says so. */
export function useCopy() {
  const { t } = useI18n()
  const toasts = useToastStore()

  return async (url: string): Promise<void> => {
    try {
      // The clipboard exists on https and localhost only.
      await navigator.clipboard.writeText(url)
      toasts.show(t('profile.linkCopied'), { duration: 3_000 })
    } catch {
      toasts.show(url, { duration: 20_000 })
    }
  }
}
