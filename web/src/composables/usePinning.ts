import { useI18n } from 'vue-i18n'
import { pinPost, unpinPost } from '@/api/posts'
import type { Post } from '@/api/types'
import { useListStore } from '@/stores/lists'
import { listKeys } from '@/stores/places'
import { usePostStore } from '@/stores/posts'
import { useSwitchWithUndo } from './useSwitchWithUndo'

/** Pins one's post to one's profile, or takes it off. */
export function usePinning() {
  const { t } = useI18n()
  const store = usePostStore()
  const lists = useListStore()
  const switchTo = useSwitchWithUndo()

  function setPinned({ id, username }: Pick<Post, 'id' | 'username'>, pinned: boolean): Promise<void> {
    return switchTo(pinned, t(pinned ? 'post.pinDone' : 'post.unpinDone'), () => ({
      key: `pin:${id}`,
      isOn: store.find(id)?.pinned === true,
      show: (on) => {
        store.showPinned(id, on)
        // It stays there when it is taken off, and is not shown.
        if (on) lists.insert(listKeys.pinnedBy(username), id, 'top')
      },
      send: (on) => (on ? pinPost(id) : unpinPost(id)),
    }))
  }

  return { setPinned }
}
