import type { Post } from '@/api/types'
import { useCopy } from './useCopy'

/** Hands a post's address to the device's share sheet, or copies it where there is none. */
export function useShare() {
  const copy = useCopy()

  async function share({ username, id, text }: Pick<Post, 'username' | 'id' | 'text'>): Promise<void> {
    const url = new URL(`/@${username}/${id}`, location.origin).href
    const isTouch = matchMedia('(pointer: coarse)').matches
    if (isTouch && typeof navigator.share === 'function') {
      // Rejects when the person closes the sheet.
      await navigator.share({ url, text }).catch(() => {})
      return
    }
    await copy(url)
  }

  return { share }
}
