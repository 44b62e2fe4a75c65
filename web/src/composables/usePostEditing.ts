import { useI18n } from 'vue-i18n'
import { editPost } from '@/api/posts'
import type { Post } from '@/api/types'
import { usePostStore } from '@/stores/posts'
import { useToastStore } from '@/stores/toasts'
import { useErrorText } from './useErrorText'

/** Changes the text of a post, and offers to change it back. */
export function usePostEditing() {
  const { t } = useI18n()
  const posts = usePostStore()
  const toasts = useToastStore()
  const errorText = useErrorText()

  async function undo(id: number, text: string): Promise<void> {
    try {
      posts.remember(await editPost(id, text))
    } catch (error) {
      toasts.showError(errorText(error))
    }
  }

  /** Throws what the server refused. */
  async function saveEdit(post: Pick<Post, 'id' | 'text'>, text: string): Promise<void> {
    const { id, text: before } = post
    posts.remember(await editPost(id, text))
    toasts.show(t('post.saved'), { action: { label: t('app.undo'), run: () => void undo(id, before) } })
  }

  return { saveEdit }
}
