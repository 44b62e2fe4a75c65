import { onMounted, onUnmounted } from 'vue'
import { listPostsAfter } from '@/api/posts'
import { limits } from '@/limits'
import { useListStore } from '@/stores/lists'
import { usePostStore } from '@/stores/posts'

const interval = 30_000

/** Asks now and then whether anybody has posted, while the list of everyone's posts is in sight. */
export function usePublicPolling(key: string): void {
  const lists = useListStore()
  const posts = usePostStore()
  let timer: ReturnType<typeof setInterval> | undefined

  async function look(): Promise<void> {
    const list = lists.lists.get(key)
    if (document.visibilityState !== 'visible' || list?.status !== 'ready' || list.stale) return
    const newest = Math.max(0, ...(list.newer.slice(0, 1) as number[]), ...(list.items.slice(0, 1) as number[]))
    try {
      const { items } = await listPostsAfter(newest || null)
      posts.rememberAll(items, key)
      if (items.length >= limits.longestPage) lists.markStale(key)
      else items.forEach((x) => lists.announce(key, x.id))
    } catch {
      // The next look may have more luck.
    }
  }

  const lookWhenSeen = () => void look()

  onMounted(() => {
    timer = setInterval(lookWhenSeen, interval)
    document.addEventListener('visibilitychange', lookWhenSeen)
  })
  onUnmounted(() => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', lookWhenSeen)
  })
}
