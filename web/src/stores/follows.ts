import { defineStore } from 'pinia'
import { reactive, ref, watch } from 'vue'
import { requestPage } from '@/api/client'
import type { User } from '@/api/types'
import { limits } from '@/limits'
import { useSessionStore } from './session'

/** Followed, asked to follow, or neither. */
export type FollowState = 'yes' | 'asked' | 'no'

/** Reading more than this to show buttons in a list would cost more than it helps. */
const mostPages = 10

/** Whom the visitor follows. Lists of users do not tell, so it is read once for all of them. */
export const useFollowStore = defineStore('follows', () => {
  const known = reactive(new Map<number, FollowState>())
  /** True when everybody who is not known to be followed is not. */
  const isComplete = ref(false)
  let loading: Promise<void> | null = null
  const session = useSessionStore()

  watch(() => session.generation, clear, { flush: 'sync' })

  /** Undefined when it is not known. */
  function stateOf(id: number): FollowState | undefined {
    return known.get(id) ?? (isComplete.value ? 'no' : undefined)
  }

  function note(id: number, state: FollowState): void {
    known.set(id, state)
  }

  /** Reads whom the visitor follows, once. A failure leaves it unknown, and the next caller asks again. */
  function load(): Promise<void> {
    if (!session.username) return Promise.resolve()
    loading ??= readAll(session.username, session.generation).catch(() => void (loading = null))
    return loading
  }

  async function readAll(username: string, generation: number): Promise<void> {
    let path: string | null = `/user/${encodeURIComponent(username)}/following/?limit=${limits.longestPage}`
    for (let page = 0; path && page < mostPages; page++) {
      const { items, next }: { items: User[]; next: string | null } = await requestPage<User>(path)
      if (session.generation !== generation) return
      // What was clicked meanwhile is newer.
      for (const { id } of items) if (!known.has(id)) known.set(id, 'yes')
      path = next
    }
    isComplete.value = path === null
  }

  function clear(): void {
    known.clear()
    isComplete.value = false
    loading = null
  }

  return { stateOf, note, load }
})
