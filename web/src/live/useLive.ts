import { watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import type { Post } from '@/api/types'
import { withPageTexts } from '@/i18n'
import { loadInTime } from '@/parts'
import { useListStore } from '@/stores/lists'
import { useNotificationStore } from '@/stores/notifications'
import { listKeys, placesOf } from '@/stores/places'
import { usePostStore } from '@/stores/posts'
import { useSessionStore } from '@/stores/session'
import type { LiveEvent } from './events'
import type { LiveStream } from './liveStream'

/** Keeps the stores up to date with what others do, while somebody is signed in. */
export function useLive(): void {
  const session = useSessionStore()
  const posts = usePostStore()
  const lists = useListStore()
  const notifications = useNotificationStore()
  const router = useRouter()
  const { t } = useI18n()

  /** The stream is filtered as the timeline is. */
  const keysOf = (post: Post) => placesOf(post, false).map((x) => x.key)

  function apply(event: LiveEvent): void {
    switch (event.kind) {
      case 'post':
        posts.welcome(event.post, ...keysOf(event.post))
        lists.place(event.post, false)
        break
      case 'edit':
        posts.remember(event.post, ...keysOf(event.post))
        break
      case 'delete':
        if (!posts.isGone(event.id)) posts.countReply(event.parentId, -1)
        posts.markGone(event.id)
        lists.withdraw(event.id)
        break
      case 'notification':
        notifications.receive(event.notification)
        break
      case 'notification-gone':
        void notifications.remove(event.id)
        break
      case 'archive-ended':
        void loadTelling().then((x) => x.tellOfArchive(t, router))
        break
      case 'import-ended':
        void loadTelling().then((x) => x.tellOfImport(event.id, t, router))
        break
      case 'reset':
        lists.markStale(listKeys.home)
        lists.markStale(listKeys.direct)
        lists.markStale(listKeys.notifications)
        void notifications.load()
        break
    }
  }

  // Rare.
  const loadTelling = () => loadInTime(withPageTexts(() => import('./tellOfEnds')))

  // Visitors who are not signed in never load it.
  let stream: Promise<LiveStream> | null = null
  const load = () => loadInTime(() => import('./liveStream')).then((x) => new x.LiveStream(apply))

  watch(
    () => [session.isSignedIn, session.generation],
    async () => {
      if (!session.isSignedIn && !stream) return
      const loaded = await (stream ??= load())
      loaded.stop()
      if (session.isSignedIn) loaded.start()
    },
    { immediate: true },
  )
}
