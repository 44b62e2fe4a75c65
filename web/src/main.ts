import { createPinia } from 'pinia'
import { createApp } from 'vue'
import './styles/tokens.css'
import './styles/base.css'
import './styles/frame.css'
import App from './App.vue'
import { nextTask } from './composables/nextTask'
import { i18n, preferredLocale, setLocale } from './i18n'
import { router } from './router'
import { useSessionStore } from './stores/session'
import { relativeTime } from './text/relativeTime'

// Not at the top of the module, which the files of pages import: they would wait for it, and it for them.
async function start(): Promise<void> {
  const app = createApp(App).use(createPinia()).use(i18n)
  const session = useSessionStore()
  // A server that cannot be reached shows in the page; nothing is to be done here.
  void session.start().catch(() => {})
  const locale = preferredLocale()
  await setLocale(locale)
  await nextTask()
  app.use(router)
  // What the server drew stays until there is something to put in its place.
  await router.isReady().catch(() => {})
  await nextTask()
  // The first of its kind reads the language's rules, which takes as long as drawing a page.
  relativeTime(new Date(), new Date(), locale)
  await nextTask()
  app.mount('#app')
}

void start()
