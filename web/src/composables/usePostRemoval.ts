import { useI18n } from 'vue-i18n'
import { ApiError } from '@/api/errors'
import { deletePost } from '@/api/posts'
import type { Post } from '@/api/types'
import { usePostStore } from '@/stores/posts'
import { useToastStore } from '@/stores/toasts'
import { useErrorText } from './useErrorText'

const timeToUndo = 6_000

const waiting = new Map<number, (keepalive: boolean) => void>()

// Leaving the page does not take a deletion back.
addEventListener('pagehide', () => waiting.forEach((remove) => remove(true)))

/** Deletes a post after a few seconds in which it can be brought back. */
export function usePostRemoval() {
  const { t } = useI18n()
  const posts = usePostStore()
  const toasts = useToastStore()
  const errorText = useErrorText()

  function bringBack(post: Post): void {
    posts.bringBack(post.id)
    posts.countReply(post.parent_id, 1)
  }

  async function remove(post: Post, keepalive: boolean): Promise<void> {
    try {
      await deletePost(post.id, keepalive)
    } catch (error) {
      // Somebody was faster, perhaps this very request: gone is gone.
      if (error instanceof ApiError && error.status === 404) return
      bringBack(post)
      toasts.showError(errorText(error))
    }
  }

  function removePost(post: Post): void {
    if (waiting.has(post.id)) return
    posts.markGone(post.id)
    posts.countReply(post.parent_id, -1)
    const stop = () => {
      clearTimeout(timer)
      waiting.delete(post.id)
      toasts.dismiss(toast)
    }
    const finish = (keepalive: boolean) => {
      stop()
      void remove(post, keepalive)
    }
    const undo = () => {
      if (!waiting.has(post.id)) return
      stop()
      bringBack(post)
    }
    const timer = setTimeout(() => finish(false), timeToUndo)
    waiting.set(post.id, finish)
    const toast = toasts.show(t('post.deleted'), {
      duration: timeToUndo * 2,
      action: { label: t('app.undo'), run: undo },
    })
  }

  return { removePost }
}
