import { useI18n } from 'vue-i18n'
import { useToastStore } from '@/stores/toasts'

/** Puts a text on the clipboard, and says so; where there is none, the text itself is shown. */
export function useCopy() {
  const { t } = useI18n()
  const toasts = useToastStore()

  return async (text: string, said = t('post.linkCopied')): Promise<void> => {
    try {
      // The clipboard exists on https and localhost only.
      await navigator.clipboard.writeText(text)
      toasts.show(said, { duration: 3_000 })
    } catch {
      toasts.show(text, { duration: 20_000 })
    }
  }
}
