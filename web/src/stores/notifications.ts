import { defineStore } from 'pinia'
import { reactive, ref, watch } from 'vue'
import { countUnread, markRead } from '@/api/notifications'
import type { Notification } from '@/api/types'
import { openChannel } from '@/session/browserTabs'
import { useSessionStore } from './session'

interface ReadMessage {
  userId: number | undefined
  upTo: number
  unread: number
}

/** How many notifications are unread, and those that arrived while the page was open. */
export const useNotificationStore = defineStore('notifications', () => {
  /** Counted up to 100, which means "100 or more". */
  const unread = ref(0)
  /** Newest first. */
  const arrived = ref<Notification[]>([])
  /** Taken back, or their post deleted: lists skip them. */
  const gone = reactive(new Set<number>())
  /** Those with an id up to this one were marked as read since the page was opened. */
  const readUpTo = ref(0)
  const session = useSessionStore()
  const channel = openChannel<ReadMessage>('pamps-notifications')

  // What is read in one tab is read in all.
  channel.onMessage(({ userId, upTo, unread: count }) => {
    if (userId !== session.me?.id) return
    readUpTo.value = Math.max(readUpTo.value, upTo)
    unread.value = count
  })

  watch(
    () => session.generation,
    () => {
      unread.value = 0
      arrived.value = []
      gone.clear()
      readUpTo.value = 0
      void load()
    },
  )

  async function load(): Promise<void> {
    if (!session.isSignedIn) return
    const generation = session.generation
    try {
      const { count } = await countUnread()
      if (session.generation === generation) unread.value = count
    } catch {
      // The badge can wait for the next event.
    }
  }

  function receive(notification: Notification): void {
    // What was undone and is done again is the same as before.
    gone.delete(notification.id)
    if (arrived.value.some((x) => x.id === notification.id)) return
    arrived.value = [notification, ...arrived.value].sort((a, b) => b.id - a.id).slice(0, 100)
    if (!isRead(notification)) unread.value = Math.min(100, unread.value + 1)
  }

  /** A like or follow was taken back, or a post deleted. Whether it was unread the server knows. */
  async function remove(id: number): Promise<void> {
    gone.add(id)
    arrived.value = arrived.value.filter((x) => x.id !== id)
    await load()
  }

  const isRead = ({ id, read }: Notification) => read || id <= readUpTo.value

  /** Marks everything up to this one as read, here and in the other tabs. */
  async function read(upTo: number): Promise<void> {
    if (upTo <= readUpTo.value) return
    const before = readUpTo.value
    readUpTo.value = upTo
    try {
      await markRead(upTo)
    } catch (error) {
      if (readUpTo.value === upTo) readUpTo.value = before
      throw error
    }
    await load()
    channel.post({ userId: session.me?.id, upTo, unread: unread.value })
  }

  return { unread, arrived, gone, readUpTo, isRead, load, receive, remove, read }
})
