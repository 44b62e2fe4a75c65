import { useI18n } from 'vue-i18n'
import { editPost } from '@/api/posts'
import type { Picture, Post } from '@/api/types'
import { usePostStore } from '@/stores/posts'
import { useToastStore } from '@/stores/toasts'
import { useErrorText } from './useErrorText'

const idsOf = (pictures: Picture[]) => pictures.map((x) => x.id)

/** Changes the text and pictures of a post, and offers to change it back. */
export function usePostEditing() {
  const { t } = useI18n()
  const posts = usePostStore()
  const toasts = useToastStore()
  const errorText = useErrorText()

  async function undo(id: number, text: string, mediaIds?: number[]): Promise<void> {
    try {
      posts.remember(await editPost(id, text, mediaIds))
    } catch (error) {
      toasts.showError(errorText(error))
    }
  }

  /** Throws what the server refused. */
  async function saveEdit(post: Pick<Post, 'id' | 'text' | 'media'>, text: string, pictures: Picture[]): Promise<void> {
    const { id, text: before } = post
    const [had, has] = [idsOf(post.media), idsOf(pictures)]
    const isOther = had.join() !== has.join()
    posts.remember(await editPost(id, text, isOther ? has : undefined))
    // What was taken out of a post is gone.
    const canGoBack = had.every((x) => has.includes(x))
    toasts.show(
      t('post.saved'),
      canGoBack ? { action: { label: t('app.undo'), run: () => void undo(id, before, isOther ? had : undefined) } } : {},
    )
  }

  return { saveEdit }
}
