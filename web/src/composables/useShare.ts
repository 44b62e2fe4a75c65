import { useI18n } from 'vue-i18n'
import type { Post } from '@/api/types'
import { useToastStore } from '@/stores/toasts'

/** Hands a post's address to the device's share sheet, or copies it where there is none. */
export function useShare() {
  const { t } = useI18n()
  const toasts = useToastStore()

  async function share({ username, id, text }: Pick<Post, 'username' | 'id' | 'text'>): Promise<void> {
    const url = new URL(`/@${username}/${id}`, location.origin).href
    const isTouch = matchMedia('(pointer: coarse)').matches
    if (isTouch && typeof navigator.share === 'function') {
      // Rejects when the person closes the sheet.
      await navigator.share({ url, text }).catch(() => {})
      return
    }
    const copied = await copy(url)
    if (copied) toasts.show(t('post.linkCopied'), { duration: 3_000 })
    else toasts.show(url, { duration: 20_000 })
  }

  return { share }
}

/** The clipboard exists on https and localhost only. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
