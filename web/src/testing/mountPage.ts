import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import type { Component } from 'vue'
import { createI18n } from 'vue-i18n'
import { createMemoryHistory, createRouter } from 'vue-router'
import en from '@/i18n/locales/en.json'
import pages from '@/i18n/locales/pages/en.json'

/** Mounts a page or component as in the app, in English, at an address. Links lead nowhere. */
export async function mountPage(component: Component, { at = '/', props = {} as Record<string, unknown> } = {}) {
  const names = ['public', 'home', 'search', 'notifications', 'settings', 'sign-in', 'sign-up', 'about']
  const empty = { template: '<i />', render: () => null }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      ...names.map((name) => ({ name, path: name === 'public' ? '/' : `/${name}`, component: empty })),
      { name: 'post', path: '/@:username/:id(\\d+)', component: empty },
      { name: 'user', path: '/@:username/:tab?', component: empty },
    ],
  })
  await router.push(at)
  const i18n = createI18n({ legacy: false, locale: 'en', messages: { en: { ...en, ...pages } } })
  const wrapper = mount(component, { props, attachTo: document.body, global: { plugins: [createPinia(), router, i18n] } })
  await flushPromises()
  return { wrapper, router }
}
