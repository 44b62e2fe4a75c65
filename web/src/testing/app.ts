import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { defineComponent, h, type Component } from 'vue'
import { createI18n } from 'vue-i18n'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { Post } from '@/api/types'
import { endFirstPage } from '@/composables/useFirstPage'
import en from '@/i18n/locales/en.json'
import enOfPages from '@/i18n/locales/pages/en.json'
import type { SessionHint } from '@/session/tokenKeeper'

const Nothing = { render: () => h('div') }

/** A router that knows the client's names, and pages without anything on them. */
function testRouter() {
  const names = ['sign-in', 'sign-up', 'home', 'public', 'search', 'settings', 'notifications', 'about', 'bookmarks', 'direct', 'follow-requests', 'muted', 'blocked', 'filters', 'aside', 'look', 'reset-password', 'forgot-password', 'confirm-email', 'share']
  return createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', name: 'start', component: Nothing },
      ...names.map((name) => ({ path: `/${name}`, name, component: Nothing })),
      { path: '/tag/:tag', name: 'tag', component: Nothing },
      { path: '/@:username', name: 'user', component: Nothing },
      { path: '/@:username/:id', name: 'post', component: Nothing },
    ],
  })
}

/** Remembers somebody as signed in, as an earlier visit leaves it. */
export function signedInAs(username: string): void {
  localStorage.setItem('pamps-session', JSON.stringify({ username, avatar: null } satisfies SessionHint))
}

export function plugins() {
  endFirstPage()
  const pinia = createPinia()
  setActivePinia(pinia)
  const i18n = createI18n({ legacy: false, locale: 'en', messages: { en: { ...en, ...enOfPages } } })
  const router = testRouter()
  return { pinia, i18n, router }
}

/** @param address Where the router is, once `ready` has come. */
export function render(component: Component, props: Record<string, unknown> = {}, address?: string) {
  const { pinia, i18n, router } = plugins()
  // Where menus are drawn.
  const main = document.createElement('main')
  main.id = 'main'
  document.body.append(main)
  const wrapper = mount(component, { props, global: { plugins: [pinia, i18n, router] }, attachTo: main })
  // The router begins at its own place when it is first used.
  const ready = address ? router.push(address) : Promise.resolve()
  return { wrapper, router, pinia, ready }
}

/** Runs a composable as a component would. */
export function withSetup<T>(setup: () => T) {
  let result!: T
  const component = defineComponent({
    setup() {
      result = setup()
      return () => h('div')
    },
  })
  return { ...render(component), result }
}

export function aPost(change: Partial<Post> = {}): Post {
  return {
    id: 1,
    text: 'Good morning, Pamps!',
    date: '2026-10-30T11:05:02.417Z',
    user_id: 7,
    parent_id: null,
    username: 'ana',
    avatar: null,
    display_name: null,
    likes_count: 0,
    replies_count: 0,
    liked: false,
    edited_at: null,
    entities: [],
    visibility: 'public',
    parent_username: null,
    media: [],
    pinned: false,
    card: null,
    sensitive: false,
    ...change,
  }
}
