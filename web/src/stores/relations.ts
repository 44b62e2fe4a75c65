import { defineStore } from 'pinia'
import { reactive, watch } from 'vue'
import type { Profile } from '@/api/types'
import { useSessionStore } from './session'

interface Muting {
  notifications: boolean
  /** When it ends by itself, in milliseconds; null when it does not. */
  until: number | null
}

/** Whom the visitor has blocked and muted, as far as it is known: lists skip what they write. */
export const useRelationStore = defineStore('relations', () => {
  const blocked = reactive(new Map<number, boolean>())
  const muted = reactive(new Map<number, Muting | null>())
  const session = useSessionStore()

  watch(() => session.generation, clear, { flush: 'sync' })

  /** Undefined when it is not known. */
  const isBlocked = (id: number) => blocked.get(id)

  function isMuted(id: number): boolean | undefined {
    const muting = muted.get(id)
    return muting === undefined ? undefined : muting !== null
  }

  /** Whether lists skip the posts of this user. */
  const hides = (id: number) => isBlocked(id) === true || isMuted(id) === true

  const hidesNotifications = (id: number) => isBlocked(id) === true || muted.get(id)?.notifications === true

  function noteBlocked(id: number, isBlocked: boolean): void {
    blocked.set(id, isBlocked)
  }

  function noteMuted(id: number, muting: Muting | null): void {
    muted.set(id, muting)
    if (muting?.until) setTimeout(() => end(id, muting.until), muting.until - Date.now())
  }

  /** Unless it was prolonged meanwhile. */
  function end(id: number, until: number | null): void {
    if (muted.get(id)?.until === until) muted.set(id, null)
  }

  /** Takes in what a profile says. The server itself leaves out the notifications of who is muted already. */
  function note({ id, blocked: isBlocked, muted: isMuted }: Profile): void {
    if (typeof isBlocked === 'boolean') blocked.set(id, isBlocked)
    if (typeof isMuted === 'boolean' && !(isMuted && muted.get(id)))
      muted.set(id, isMuted ? { notifications: false, until: null } : null)
  }

  function clear(): void {
    blocked.clear()
    muted.clear()
  }

  return { isBlocked, isMuted, hides, hidesNotifications, noteBlocked, noteMuted, note }
})
