import { computed, inject, provide, toValue, watch, type InjectionKey, type MaybeRefOrGetter } from 'vue'
import type { Post } from '@/api/types'
import { useListStore, type PagedList } from '@/stores/lists'
import { usePostStore } from '@/stores/posts'

const shownList: InjectionKey<() => string | undefined> = Symbol()

/** Tells the cards inside which list their posts are of, by its key. */
export function provideList(key: MaybeRefOrGetter<string>): void {
  provide(shownList, () => toValue(key))
}

/** The key of the list that a card is shown in; undefined where it is in none. */
export function useShownList(): () => string | undefined {
  return inject(shownList, () => () => undefined, true)
}

/** A list is shown as it was when somebody comes back to it within this time. */
const freshFor = 60_000

/**
 * A list of the API, read page by page. It is kept under its path after the page was left. `path` may change: another
 * path is another list.
 */
export function usePagedList<T>(path: MaybeRefOrGetter<string>, key: MaybeRefOrGetter<string> = path) {
  return useList<T, T>(path, key, (items) => items)
}

/**
 * As usePagedList, for posts: the list holds ids, and the posts are in their store. What one author wrote, `ofOneAuthor`,
 * is shown also when the viewer has muted them.
 */
export function usePostList(path: MaybeRefOrGetter<string>, key: MaybeRefOrGetter<string> = path, ofOneAuthor = false) {
  const store = usePostStore()
  const list = useList<Post, number>(path, key, store.rememberAll)
  provideList(key)
  const posts = computed(() => (ofOneAuthor ? store.pickAllOf : store.pick)(list.items.value))
  return { ...list, posts }
}

/** As usePostList, for a list whose first page comes along with something else and is put in by `seed`. */
export function useSeededPostList(path: MaybeRefOrGetter<string>) {
  const store = usePostStore()
  const list = useList<Post, number>(path, path, store.rememberAll, false)
  provideList(path)
  const posts = computed(() => store.pick(list.items.value))
  return { ...list, posts }
}

function useList<S, T>(
  path: MaybeRefOrGetter<string>,
  key: MaybeRefOrGetter<string>,
  take: (items: S[], key: string) => T[],
  loadsItself = true,
) {
  const store = useListStore()
  const list = computed(() => (store.lists.get(toValue(key)) ?? null) as PagedList<T> | null)

  function loadMore(): Promise<void> {
    if (!loadsItself && list.value?.status === 'new') return Promise.resolve()
    const name = toValue(key)
    return store.loadMore<S, T>(name, toValue(path), (items) => take(items, name))
  }

  /** Reads the list anew from its top. */
  function reload(): Promise<void> {
    store.restart(toValue(key))
    return loadMore()
  }

  watch(
    () => toValue(key),
    (name) => {
      const known = store.get(name)
      if (!loadsItself) return
      const wentBack = history.state?.forward !== undefined && history.state.forward !== null
      const old = known.stale || (!wentBack && Date.now() - known.loadedAt > freshFor)
      if (known.status === 'new' || known.status === 'failed') void loadMore()
      else if (known.status === 'ready' && old) void reload()
    },
    { immediate: true },
  )

  return {
    list,
    items: computed(() => list.value?.items ?? []),
    isLoading: computed(() => list.value?.status === 'loading'),
    isReady: computed(() => list.value?.status === 'ready'),
    error: computed(() => (list.value?.status === 'failed' ? list.value.error : null)),
    hasMore: computed(() => list.value !== null && (list.value.status !== 'ready' || list.value.next !== null)),
    newer: computed(() => list.value?.newer ?? []),
    keptAt: computed(() => list.value?.keptAt ?? null),
    isStale: computed(() => list.value?.stale ?? false),
    loadMore,
    reload,
    showNewer: () => store.showNewer(toValue(key)),
  }
}
