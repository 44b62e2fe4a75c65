import { defineStore } from 'pinia'
import { reactive, watch } from 'vue'
import { requestPage } from '@/api/client'
import { isAborted, NetworkError } from '@/api/errors'
import type { Post } from '@/api/types'
import { forgetKeptLists, keepList, keptList } from './keptList'
import { listKeys, placesOf } from './places'
import { useSessionStore } from './session'

/** A list that is read page by page. */
export interface PagedList<T = unknown> {
  items: T[]
  /** The path of the next page; null at the end. */
  next: string | null
  status: 'new' | 'loading' | 'ready' | 'failed'
  error: unknown
  /** Ids of items that came since and wait for a click, newest first. */
  newer: number[]
  /** True when more was missed than can be shown: the list should be read anew. */
  stale: boolean
  loadedAt: number
  /** Without a connection, when what is shown was read, in ISO 8601; null else. */
  keptAt: string | null
}

/** Enough to go back and forth for a while, and for the branches of a conversation. */
const mostLists = 60

/** Lists outlive their pages, so that going back finds them as they were. */
export const useListStore = defineStore('lists', () => {
  const lists = reactive(new Map<string, PagedList>())
  const requests = new Map<string, Promise<void>>()
  const session = useSessionStore()

  watch(
    () => session.generation,
    () => {
      clear()
      forgetKeptLists()
    },
    { flush: 'sync' },
  )

  function get<T>(key: string): PagedList<T> {
    const known = lists.get(key)
    // Looked at last goes last, and the first is dropped.
    if (known) lists.delete(key)
    lists.set(key, known ?? blank())
    if (lists.size > mostLists) lists.delete(lists.keys().next().value!)
    return lists.get(key) as PagedList<T>
  }

  /** Reads the first page of an untouched list, or the next one. `take` turns what was read into items. */
  function loadMore<S, T>(key: string, path: string, take: (items: S[]) => T[]): Promise<void> {
    const running = requests.get(key)
    if (running) return running
    const list = lists.get(key) as PagedList<T> | undefined
    if (!list || (list.status === 'ready' && !list.next)) return Promise.resolve()
    const request = read(key, list, list.next ?? path, take).finally(() => {
      if (requests.get(key) === request) requests.delete(key)
    })
    requests.set(key, request)
    return request
  }

  async function read<S, T>(key: string, list: PagedList<T>, path: string, take: (items: S[]) => T[]): Promise<void> {
    list.status = 'loading'
    const isFirst = list.items.length === 0 || list.keptAt !== null
    const generation = session.generation
    try {
      const page = await requestPage<S>(path)
      // What was kept is not what is there now.
      if (list.keptAt) list.items = []
      list.keptAt = null
      if (isFirst && key === listKeys.home && generation === session.generation) keepList(key, session.username, page.items)
      const known = new Set(list.items)
      list.items.push(...take(page.items).filter((x) => !known.has(x)))
      list.next = page.next
      list.status = 'ready'
      list.loadedAt = Date.now()
    } catch (error) {
      if (isAborted(error)) return
      list.status = 'failed'
      list.error = error
      const kept = error instanceof NetworkError && list.items.length === 0 ? keptList(key, session.username) : null
      if (kept) {
        list.items = take(kept.items as S[])
        list.keptAt = kept.at
      }
    }
  }

  /** Fills a list with a first page that came along with something else. */
  function seed(key: string, items: unknown[], next: string | null): void {
    const list = get(key)
    requests.delete(key)
    // What was read further down already stays, so that going back finds it.
    const known = new Set(items)
    const further = list.items.filter((x) => !known.has(x))
    if (list.status === 'ready' && further.length > 0 && items.length > 0 && next !== null) return
    Object.assign(list, blank(), { items, next, status: 'ready', loadedAt: Date.now() })
  }

  /** Empties a list, so that the next `loadMore` begins at its top. */
  function restart(key: string): void {
    const list = lists.get(key)
    if (!list) return
    requests.delete(key)
    // A request that is still running fills the old object, which nobody shows any more.
    lists.set(key, blank())
  }

  /** Notes an item that is newer than the list; `showNewer` puts it in. */
  function announce(key: string, id: number): void {
    const list = lists.get(key)
    if (!list || list.status === 'new' || list.items.includes(id) || list.newer.includes(id)) return
    list.newer.unshift(id)
    list.newer.sort((a, b) => b - a)
  }

  /** Takes back what was announced: it was deleted before anybody asked for it. */
  function withdraw(id: number): void {
    for (const list of lists.values()) {
      if (list.newer.includes(id)) list.newer = list.newer.filter((x) => x !== id)
    }
  }

  function showNewer(key: string): void {
    const list = lists.get(key)
    if (!list) return
    list.items.unshift(...list.newer.filter((id) => !list.items.includes(id)))
    list.newer = []
  }

  /** Puts an item at one end at once: what somebody has just written themselves. */
  function insert(key: string, id: number, end: 'top' | 'bottom'): void {
    const list = lists.get(key)
    if (!list || list.status === 'new' || list.items.includes(id)) return
    list.newer = list.newer.filter((x) => x !== id)
    if (end === 'top') list.items.unshift(id)
    else if (!list.next) list.items.push(id)
  }

  /** Puts a new post into the lists that hold such posts: one's own at once, at a list's top others wait for a click. */
  function place(post: Post, own: boolean): void {
    for (const { key, end } of placesOf(post, own)) {
      if (own || end === 'bottom') insert(key, post.id, end)
      else announce(key, post.id)
    }
  }

  function markStale(key: string): void {
    const list = lists.get(key)
    if (list && list.status !== 'new') list.stale = true
  }

  function clear(): void {
    lists.clear()
    requests.clear()
  }

  return { lists, get, loadMore, seed, restart, announce, withdraw, showNewer, insert, place, markStale, clear }
})

function blank(): PagedList {
  return { items: [], next: null, status: 'new', error: null, newer: [], stale: false, loadedAt: 0, keptAt: null }
}
