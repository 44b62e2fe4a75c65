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

  /** Throws what the server refused. */
  async function saveEdit(
    post: Pick<Post, 'id' | 'text' | 'media' | 'sensitive'>,
    text: string,
    pictures: Picture[],
    sensitive: boolean,
  ): Promise<void> {
    const { id, text: before } = post
    const [had, has] = [idsOf(post.media), idsOf(pictures)]
    const isOther = had.join() !== has.join()
    /** What did not change is not said: a moderator may have covered them. */
    const changeTo = (ids: number[], covered: boolean): PictureChange => ({
      ...(isOther && { media_ids: ids }),
      ...(sensitive !== post.sensitive && { sensitive: covered }),
    })
    posts.remember(await editPost(id, text, changeTo(has, sensitive)))
    // What was taken out of a post is gone.
    const canGoBack = had.every((x) => has.includes(x))
    toasts.show(
      t('post.saved'),
      canGoBack ? { action: { label: t('app.undo'), run: () => void undo(id, before, changeTo(had, post.sensitive)) } } : {},
    )
  }

  return { saveEdit }
}
