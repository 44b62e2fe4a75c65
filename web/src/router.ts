import { createRouter, createWebHistory, isNavigationFailure, NavigationFailureType, type RouteRecordRaw } from 'vue-router'
import { dropInitial } from '@/api/initialData'
import { endFirstPage } from '@/composables/useFirstPage'
import { keepFocus } from '@/composables/useFocusMemory'
import { restoreScroll } from '@/composables/useScrollMemory'
import { withPageTexts } from '@/i18n'
// In the entry, since most visits begin there or show posts next.
import PublicHomePage from '@/pages/PublicHomePage.vue'
import { beginVisit, endVisit, load, lose, lost, LostPartError, takesPagesWhole } from '@/parts'
import { forgetDeed } from '@/session/deeds'
import { pathAfterSignIn, pathBack } from '@/session/returnPath'
import { useSessionStore } from '@/stores/session'

declare module 'vue-router' {
  interface RouteMeta {
    /** Only for people who are signed in; others are led to the sign-in page and back. */
    signedIn?: boolean
    /** Only for people who are not: sign-in and sign-up. */
    signedOut?: boolean
  }
}

const page = <T>(component: () => Promise<T>) => () => load(component)
const pageWithTexts = <T>(component: () => Promise<T>) => page(withPageTexts(component))

const routes: RouteRecordRaw[] = [
  { path: '/', name: 'public', component: PublicHomePage },
  { path: '/home', name: 'home', component: page(() => import('@/pages/HomePage.vue')), meta: { signedIn: true } },
  { path: '/@:username/:id(\\d+)', name: 'post', component: page(() => import('@/pages/PostPage.vue')) },
  {
    path: '/@:username/:tab(replies|likes|followers|following)?',
    name: 'user',
    component: pageWithTexts(() => import('@/pages/UserPage.vue')),
  },
  { path: '/tag/:tag', name: 'tag', component: page(() => import('@/pages/TagPage.vue')) },
  { path: '/search', name: 'search', component: pageWithTexts(() => import('@/pages/SearchPage.vue')) },
  {
    path: '/notifications',
    name: 'notifications',
    component: pageWithTexts(() => import('@/pages/NotificationsPage.vue')),
    meta: { signedIn: true },
  },
  {
    path: '/notifications/aside',
    name: 'aside',
    component: pageWithTexts(() => import('@/pages/AsidePage.vue')),
    meta: { signedIn: true },
  },
  {
    path: '/settings',
    name: 'settings',
    component: pageWithTexts(() => import('@/pages/SettingsPage.vue')),
    meta: { signedIn: true },
  },
  { path: '/settings/look', name: 'look', component: pageWithTexts(() => import('@/pages/LookPage.vue')) },
  {
    path: '/settings/blocked',
    name: 'blocked',
    component: pageWithTexts(() => import('@/pages/BlockedPage.vue')),
    meta: { signedIn: true },
  },
  {
    path: '/settings/muted',
    name: 'muted',
    component: pageWithTexts(() => import('@/pages/MutedPage.vue')),
    meta: { signedIn: true },
  },
  {
    path: '/settings/filters',
    name: 'filters',
    component: pageWithTexts(() => import('@/pages/FiltersPage.vue')),
    meta: { signedIn: true },
  },
  {
    path: '/follow-requests',
    name: 'follow-requests',
    component: pageWithTexts(() => import('@/pages/FollowRequestsPage.vue')),
    meta: { signedIn: true },
  },
  {
    path: '/moderation',
    name: 'moderation',
    component: pageWithTexts(() => import('@/pages/ModerationPage.vue')),
    meta: { signedIn: true },
  },
  {
    path: '/moderation/report/:id(\\d+)',
    name: 'report',
    component: pageWithTexts(() => import('@/pages/ReportPage.vue')),
    meta: { signedIn: true },
  },
  {
    path: '/moderation/@:username',
    name: 'moderated',
    component: pageWithTexts(() => import('@/pages/ModeratedPage.vue')),
    meta: { signedIn: true },
  },
  {
    path: '/bookmarks',
    name: 'bookmarks',
    component: pageWithTexts(() => import('@/pages/BookmarksPage.vue')),
    meta: { signedIn: true },
  },
  {
    path: '/direct',
    name: 'direct',
    component: pageWithTexts(() => import('@/pages/DirectPage.vue')),
    meta: { signedIn: true },
  },
  {
    path: '/sign-in',
    name: 'sign-in',
    component: pageWithTexts(() => import('@/pages/SignInPage.vue')),
    meta: { signedOut: true },
  },
  {
    path: '/sign-up',
    name: 'sign-up',
    component: pageWithTexts(() => import('@/pages/SignUpPage.vue')),
    meta: { signedOut: true },
  },
  {
    path: '/forgot-password',
    name: 'forgot-password',
    component: pageWithTexts(() => import('@/pages/ForgotPasswordPage.vue')),
    meta: { signedOut: true },
  },
  {
    path: '/reset-password',
    name: 'reset-password',
    component: pageWithTexts(() => import('@/pages/ResetPasswordPage.vue')),
  },
  { path: '/share', name: 'share', component: pageWithTexts(() => import('@/pages/SharePage.vue')), meta: { signedIn: true } },
  {
    path: '/confirm-email',
    name: 'confirm-email',
    component: pageWithTexts(() => import('@/pages/ConfirmEmailPage.vue')),
  },
  {
    path: '/oauth/authorize',
    name: 'authorize',
    component: pageWithTexts(() => import('@/pages/AuthorizePage.vue')),
    meta: { signedIn: true },
  },
  {
    path: '/:which(rules|privacy)',
    name: 'site-text',
    component: pageWithTexts(() => import('@/pages/SiteTextPage.vue')),
    props: true,
  },
  {
    path: '/moderation/site',
    name: 'site-edit',
    component: pageWithTexts(() => import('@/pages/SiteEditPage.vue')),
    meta: { signedIn: true },
  },
  { path: '/about', name: 'about', component: pageWithTexts(() => import('@/pages/AboutPage.vue')) },
  { path: '/:path(.*)*', name: 'not-found', component: page(() => import('@/pages/NotFoundPage.vue')) },
]

export const router = createRouter({ history: createWebHistory(), routes, scrollBehavior: restoreScroll })

router.beforeEach((to, from) => {
  // Not the page that somebody comes in by, unless it was lost.
  if (from.matched.length > 0 || lost.value) {
    if (takesPagesWhole()) {
      location.assign(to.fullPath)
      return false
    }
    keepFocus(from.fullPath)
    beginVisit()
  }
  const session = useSessionStore()
  if (to.meta.signedIn && !session.isSignedIn) return { name: 'sign-in', query: { next: pathBack(to) } }
  if (to.meta.signedOut && session.isSignedIn) return pathAfterSignIn(to)
  return true
})

router.afterEach((to, from, failure) => {
  // Somebody is on the way to yet another page.
  if (!isNavigationFailure(failure, NavigationFailureType.cancelled)) endVisit()
  // Who goes elsewhere than to sign in has thought better of it.
  if (!to.meta.signedOut) forgetDeed()
  if (from.matched.length === 0) return
  dropInitial()
  endFirstPage()
})

router.onError((error, to) => {
  endVisit()
  if (error instanceof LostPartError) lose(error, to.fullPath, () => void router.push(to.fullPath))
})
