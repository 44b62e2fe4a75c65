import { watch } from 'vue'
import { useListStore } from '@/stores/lists'
import { useNotificationStore } from '@/stores/notifications'
import { usePostStore } from '@/stores/posts'
import { useSessionStore } from '@/stores/session'
import type { LiveEvent } from './events'
import { LiveStream } from './liveStream'

/** Keeps the stores up to date with what others do, while somebody is signed in. */
export function useLive(): void {
  const session = useSessionStore()
  const posts = usePostStore()
  const lists = useListStore()
  const notifications = useNotificationStore()

  function apply(event: LiveEvent): void {
    switch (event.kind) {
      case 'post':
        posts.remember(event.post)
        lists.announce('home', event.post.id)
        break
      case 'edit':
        posts.remember(event.post)
        break
      case 'delete':
        posts.markGone(event.id)
        break
      case 'notification':
        notifications.receive(event.notification)
        break
      case 'notification-gone':
        void notifications.remove(event.id)
        break
      case 'reset':
        lists.markStale('home')
        void notifications.load()
        break
    }
  }

  const stream = new LiveStream(apply)
  watch(
    () => [session.isSignedIn, session.generation],
    () => {
      stream.stop()
      if (session.isSignedIn) stream.start()
    },
    { immediate: true },
  )
}
