import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { dropInitial } from '@/api/initialData'
import { endFirstPage } from '@/composables/useFirstPage'
import { restoreScroll } from '@/composables/useScrollMemory'
import { withPageTexts } from '@/i18n'
// In the entry, since most visits begin there or show posts next.
import PublicHomePage from '@/pages/PublicHomePage.vue'
import { pathAfterSignIn } from '@/session/returnPath'
import { useSessionStore } from '@/stores/session'

declare module 'vue-router' {
  interface RouteMeta {
    /** Only for people who are signed in; others are led to the sign-in page and back. */
    signedIn?: boolean
    /** Only for people who are not: sign-in and sign-up. */
    signedOut?: boolean
  }
}

const routes: RouteRecordRaw[] = [
  { path: '/', name: 'public', component: PublicHomePage },
  { path: '/home', name: 'home', component: () => import('@/pages/HomePage.vue'), meta: { signedIn: true } },
  { path: '/@:username/:id(\\d+)', name: 'post', component: () => import('@/pages/PostPage.vue') },
  {
    path: '/@:username/:tab(replies|likes|followers|following)?',
    name: 'user',
    component: withPageTexts(() => import('@/pages/UserPage.vue')),
  },
  { path: '/tag/:tag', name: 'tag', component: () => import('@/pages/TagPage.vue') },
  { path: '/search', name: 'search', component: withPageTexts(() => import('@/pages/SearchPage.vue')) },
  {
    path: '/notifications',
    name: 'notifications',
    component: withPageTexts(() => import('@/pages/NotificationsPage.vue')),
    meta: { signedIn: true },
  },
  {
    path: '/settings',
    name: 'settings',
    component: withPageTexts(() => import('@/pages/SettingsPage.vue')),
    meta: { signedIn: true },
  },
  {
    path: '/settings/blocked',
    name: 'blocked',
    component: withPageTexts(() => import('@/pages/BlockedPage.vue')),
    meta: { signedIn: true },
  },
  {
    path: '/settings/muted',
    name: 'muted',
    component: withPageTexts(() => import('@/pages/MutedPage.vue')),
    meta: { signedIn: true },
  },
  {
    path: '/follow-requests',
    name: 'follow-requests',
    component: withPageTexts(() => import('@/pages/FollowRequestsPage.vue')),
    meta: { signedIn: true },
  },
  {
    path: '/direct',
    name: 'direct',
    component: withPageTexts(() => import('@/pages/DirectPage.vue')),
    meta: { signedIn: true },
  },
  {
    path: '/sign-in',
    name: 'sign-in',
    component: withPageTexts(() => import('@/pages/SignInPage.vue')),
    meta: { signedOut: true },
  },
  {
    path: '/sign-up',
    name: 'sign-up',
    component: withPageTexts(() => import('@/pages/SignUpPage.vue')),
    meta: { signedOut: true },
  },
  { path: '/about', name: 'about', component: withPageTexts(() => import('@/pages/AboutPage.vue')) },
  { path: '/:path(.*)*', name: 'not-found', component: () => import('@/pages/NotFoundPage.vue') },
]

export const router = createRouter({ history: createWebHistory(), routes, scrollBehavior: restoreScroll })

router.beforeEach((to) => {
  const session = useSessionStore()
  if (to.meta.signedIn && !session.isSignedIn) return { name: 'sign-in', query: { next: to.fullPath } }
  if (to.meta.signedOut && session.isSignedIn) return pathAfterSignIn(to)
  return true
})

router.afterEach((_to, from) => {
  if (from.matched.length === 0) return
  dropInitial()
  endFirstPage()
})
