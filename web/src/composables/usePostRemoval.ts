import { useI18n } from 'vue-i18n'
import { ApiError } from '@/api/errors'
import { deletePost } from '@/api/posts'
import type { Post } from '@/api/types'
import { usePostStore } from '@/stores/posts'
import { useToastStore } from '@/stores/toasts'
import { useErrorText } from './useErrorText'
import { useGracePeriod } from './useGracePeriod'

/** Deletes a post after a few seconds in which it can be brought back. */
export function usePostRemoval() {
  const { t } = useI18n()
  const posts = usePostStore()
  const toasts = useToastStore()
  const errorText = useErrorText()
  const doSoon = useGracePeriod()

  function showGone(post: Post, gone: boolean): void {
    if (gone) posts.markGone(post.id)
    else posts.bringBack(post.id)
    posts.countReply(post.parent_id, gone ? -1 : 1)
  }

  async function remove(post: Post, keepalive: boolean): Promise<void> {
    try {
      await deletePost(post.id, keepalive)
    } catch (error) {
      // Somebody was faster, perhaps this very request: gone is gone.
      if (error instanceof ApiError && error.status === 404) return
      showGone(post, false)
      toasts.showError(errorText(error))
    }
  }

  function removePost(post: Post): void {
    doSoon({
      key: `delete:${post.id}`,
      text: t('post.deleted'),
      show: (gone) => showGone(post, gone),
      send: (keepalive) => remove(post, keepalive),
    })
  }

  return { removePost }
}
