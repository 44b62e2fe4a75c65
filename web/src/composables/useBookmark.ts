import { bookmarkPost, unbookmarkPost } from '@/api/posts'
import type { Post } from '@/api/types'
import { useListStore } from '@/stores/lists'
import { listKeys } from '@/stores/places'
import { usePostStore } from '@/stores/posts'
import { useOptimisticToggle } from './useOptimisticToggle'

/** Bookmarks a post, or takes the bookmark off. */
export function useBookmark() {
  const store = usePostStore()
  const lists = useListStore()
  const toggle = useOptimisticToggle()

  function toggleBookmark({ id }: Pick<Post, 'id'>): Promise<void> {
    return toggle({
      key: `bookmark:${id}`,
      isOn: store.find(id)?.bookmarked === true,
      show(on) {
        store.showBookmarked(id, on)
        if (on) lists.insert(listKeys.bookmarks, id, 'top')
        // It stays where it is, to be pressed again, and is gone when somebody comes back.
        else lists.markStale(listKeys.bookmarks)
      },
      send: (on) => (on ? bookmarkPost(id) : unbookmarkPost(id)),
    })
  }

  return { toggleBookmark }
}
