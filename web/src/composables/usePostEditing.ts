import { useI18n } from 'vue-i18n'
import { editPost, type PictureChange } from '@/api/posts'
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

  async function undo(id: number, text: string, change: PictureChange): Promise<void> {
    try {
      posts.remember(await editPost(id, text, change))
    } catch (error) {
      toasts.showError(errorText(error))
    }
  }

  /**
   * Throws what the server refused.
   * @param sensitive What its author says of it now; null when they leave that as it is: a moderator may have covered them.
   */
  async function saveEdit(
    post: Pick<Post, 'id' | 'text' | 'media' | 'sensitive'>,
    text: string,
    pictures: Picture[],
    sensitive: boolean | null,
  ): Promise<void> {
    const { id, text: before } = post
    const [had, has] = [idsOf(post.media), idsOf(pictures)]
    const isOther = had.join() !== has.join()
    const changeTo = (ids: number[], covered: boolean | null): PictureChange => ({
      ...(isOther && { media_ids: ids }),
      ...(covered !== null && { sensitive: covered }),
    })
    const saved = await editPost(id, text, changeTo(has, sensitive))
    posts.remember(saved)
    // What a moderator has covered stays so, and going back makes it no cover of the author's.
    const coverBefore = sensitive !== null && saved.sensitive !== post.sensitive ? post.sensitive : null
    // What was taken out of a post is gone.
    const canGoBack = had.every((x) => has.includes(x))
    toasts.show(
      t('post.saved'),
      canGoBack ? { action: { label: t('app.undo'), run: () => void undo(id, before, changeTo(had, coverBefore)) } } : {},
    )
  }

  return { saveEdit }
}
