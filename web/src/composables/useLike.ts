import { likePost, unlikePost } from '@/api/posts'
import type { Post } from '@/api/types'
import { usePostStore } from '@/stores/posts'
import { useOptimisticToggle } from './useOptimisticToggle'

/** Likes a post, or takes the like back. */
export function useLike() {
  const store = usePostStore()
  const toggle = useOptimisticToggle()

  function toggleLike({ id }: Pick<Post, 'id'>): Promise<void> {
    return toggle({
      key: `like:${id}`,
      isOn: store.find(id)?.liked === true,
      show: (on) => store.showLiked(id, on),
      send: (on) => (on ? likePost(id) : unlikePost(id)),
      deed: { kind: 'like', id },
    })
  }

  return { toggleLike }
}
