import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import { countUnread, markRead } from '@/api/notifications'
import type { Notification } from '@/api/types'
import { useSessionStore } from './session'

/** How many notifications are unread, and those that arrived while the page was open. */
export const useNotificationStore = defineStore('notifications', () => {
  /** Counted up to 100, which means "100 or more". */
  const unread = ref(0)
  /** Newest first. */
  const arrived = ref<Notification[]>([])
  const session = useSessionStore()

  watch(
    () => session.generation,
    () => {
      unread.value = 0
      arrived.value = []
      void load()
    },
  )

  async function load(): Promise<void> {
    if (!session.isSignedIn) return
    try {
      unread.value = (await countUnread()).count
    } catch {
      // The badge can wait for the next event.
    }
  }

  function receive(notification: Notification): void {
    if (arrived.value.some((x) => x.id === notification.id)) return
    arrived.value = [notification, ...arrived.value].slice(0, 100)
    if (!notification.read) unread.value = Math.min(100, unread.value + 1)
  }

  /** A like or follow was taken back, or a post deleted. Whether it was unread the server knows. */
  async function remove(id: number): Promise<void> {
    arrived.value = arrived.value.filter((x) => x.id !== id)
    await load()
  }

  /** Marks everything up to this one as read. */
  async function read(upTo: number): Promise<void> {
    await markRead(upTo)
    arrived.value = arrived.value.map((x) => (x.id <= upTo ? { ...x, read: true } : x))
    await load()
  }

  return { unread, arrived, load, receive, remove, read }
})
