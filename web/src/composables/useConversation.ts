import { computed, nextTick, ref, shallowRef, watch, type Ref } from 'vue'
import { ApiError } from '@/api/errors'
import { readAncestors, readPost } from '@/api/posts'
import { limits } from '@/limits'
import { useListStore } from '@/stores/lists'
import { listKeys } from '@/stores/places'
import { usePostStore } from '@/stores/posts'

/** A post, what it answers, and the answers to it. */
export function useConversation(id: Ref<number>, keepInPlace: (change: () => Promise<void>) => Promise<void>) {
  const posts = usePostStore()
  const lists = useListStore()
  const ancestorIds = shallowRef<number[]>([])
  const error = ref<unknown>(null)
  const isLoading = ref(false)
  const repliesPath = computed(() => listKeys.repliesTo(id.value))

  const post = computed(() => posts.find(id.value) ?? null)
  const ancestors = computed(() => posts.pick(ancestorIds.value))
  /** What it answers is still being read. */
  const isAboveComing = computed(() => isLoading.value && ancestorIds.value.length === 0 && (post.value?.parent_id ?? null) !== null)
  const isGone = computed(() => posts.isGone(id.value))
  const isMissing = computed(() => error.value instanceof ApiError && error.value.status === 404)

  async function load(): Promise<void> {
    const wanted = id.value
    isLoading.value = true
    error.value = null
    try {
      const { replies, ...read } = await readPost(wanted)
      posts.remember(read, listKeys.repliesTo(wanted))
      const last = replies.at(-1)
      const next = last && replies.length >= limits.repliesWithPost ? `${repliesPath.value}?after=${last.id}` : null
      lists.seed(listKeys.repliesTo(wanted), posts.rememberAll(replies, listKeys.repliesTo(wanted)), next)
      if (wanted === id.value && read.parent_id !== null) await loadAncestors(wanted)
    } catch (reason) {
      if (wanted === id.value) error.value = reason
    } finally {
      if (wanted === id.value) isLoading.value = false
    }
  }

  async function loadAncestors(of: number): Promise<void> {
    const read = await readAncestors(of).catch((reason: unknown) => {
      // The post itself is there; what was above it may have been deleted.
      if (reason instanceof ApiError && reason.status === 404) return []
      throw reason
    })
    if (of !== id.value) return
    await keepInPlace(async () => {
      ancestorIds.value = posts.rememberAll(read, listKeys.repliesTo(of))
      await nextTick()
    })
  }

  watch(
    id,
    () => {
      ancestorIds.value = knownAncestors(id.value)
      void load()
    },
    { immediate: true },
  )

  /** Those that were read before: going back finds the page as long as it was. */
  function knownAncestors(of: number): number[] {
    const ids: number[] = []
    for (let parent = posts.find(of)?.parent_id ?? null; parent !== null && ids.length < 50; ) {
      const known = posts.find(parent)
      if (!known) break
      ids.unshift(parent)
      parent = known.parent_id
    }
    return ids
  }

  return { post, ancestors, repliesPath, isLoading, isAboveComing, isGone, isMissing, error, load }
}
