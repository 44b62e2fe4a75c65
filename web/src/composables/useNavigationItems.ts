import { computed, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { LocationQueryRaw, RouteLocationRaw } from 'vue-router'
import type { IconName } from '@/components/app/icons'
import { useNotificationStore } from '@/stores/notifications'
import { useSessionStore } from '@/stores/session'

export interface NavigationItem {
  label: string
  icon: IconName
  to: RouteLocationRaw
  /** Unread things behind it. */
  count?: number
  /** There is no room for all on a phone. */
  wideOnly?: boolean
}

/** @param next Brings back who goes to sign in. */
export function useNavigationItems(next: Readonly<Ref<LocationQueryRaw>>) {
  const { t } = useI18n()
  const session = useSessionStore()
  const notifications = useNotificationStore()

  return computed<NavigationItem[]>(() => {
    const everyone: NavigationItem = { label: t('nav.public'), icon: 'globe', to: { name: 'public' } }
    const search: NavigationItem = { label: t('nav.search'), icon: 'search', to: { name: 'search' } }
    return session.isSignedIn
      ? [
          { label: t('nav.home'), icon: 'home', to: { name: 'home' } },
          everyone,
          search,
          { label: t('nav.notifications'), icon: 'bell', to: { name: 'notifications' }, count: notifications.unread },
          { label: t('nav.direct'), icon: 'mail', to: { name: 'direct' }, wideOnly: true },
          { label: t('nav.bookmarks'), icon: 'bookmark', to: { name: 'bookmarks' }, wideOnly: true },
          { label: t('nav.profile'), icon: 'user', to: { name: 'user', params: { username: session.username } } },
          { label: t('nav.settings'), icon: 'settings', to: { name: 'settings' }, wideOnly: true },
        ]
      : [
          everyone,
          search,
          { label: t('nav.settings'), icon: 'settings', to: { name: 'look' } },
          { label: t('nav.about'), icon: 'info', to: { name: 'about' } },
          { label: t('nav.signIn'), icon: 'signIn', to: { name: 'sign-in', query: next.value } },
        ]
  })
}
