import { useI18n } from 'vue-i18n'
import { likePost } from '@/api/posts'
import { followUser } from '@/api/users'
import { forgetDeed, keptDeed } from '@/session/deeds'
import { useToastStore } from '@/stores/toasts'
import { useErrorText } from './useErrorText'

/** Does what somebody wanted before they signed in. */
export function useKeptDeed() {
  const { t } = useI18n()
  const toasts = useToastStore()
  const errorText = useErrorText()

  /** Says what has been done, or why it has not. */
  return async function doKeptDeed(): Promise<void> {
    const deed = keptDeed()
    if (!deed) return
    forgetDeed()
    try {
      if (deed.kind === 'like') {
        await likePost(deed.id)
        toasts.show(t('post.liked'))
      } else {
        const { pending } = await followUser(deed.username)
        toasts.show(t(pending ? 'relation.requested' : 'relation.followed', { name: deed.username }))
      }
    } catch (error) {
      toasts.showError(errorText(error))
    }
  }
}
