import { createPinia } from 'pinia'
import { createApp } from 'vue'
import './styles/tokens.css'
import './styles/base.css'
import './styles/frame.css'
import App from './App.vue'
import { nextTask } from './composables/nextTask'
import { drawSight, takeOver } from './composables/useFirstPage'
import { i18n, preferredLocale, setLocale } from './i18n'
import { workOffline } from './offline'
import { load } from './parts'
import { router } from './router'
import { useSessionStore } from './stores/session'

let isPressed = false
addEventListener('pointerdown', () => (isPressed = true), true)
for (const end of ['pointerup', 'pointercancel']) addEventListener(end, () => (isPressed = false), true)

/** A link of the server's that is being pressed stays until it is let go, or the click would hit nothing. */
async function pressEnds(): Promise<void> {
  while (isPressed) {
    await new Promise((end) => ['pointerup', 'pointercancel'].forEach((x) => addEventListener(x, end, { once: true })))
    await nextTask()
  }
}

// Not at the top of the module, which the files of pages import: they would wait for it, and it for them.
async function start(): Promise<void> {
  await nextTask()
  const app = createApp(App).use(createPinia()).use(i18n)
  const session = useSessionStore()
  // A server that cannot be reached shows in the page; nothing is to be done here.
  void session.start().catch(() => {})
  await load(() => setLocale(preferredLocale()))
  await nextTask()
  app.use(router)
  await router.isReady().catch(() => {})
  await nextTask()
  const place = document.getElementById('app')!
  // Beside the document, what is drawn bit by bit is laid out once, and what the server drew for strangers stays until then.
  const isDrawn = place.childElementCount > 0 && document.documentElement.dataset.frame !== 'bare'
  const page = isDrawn ? (place.cloneNode(false) as HTMLElement) : place
  app.mount(page)
  await drawSight()
  if (page !== place) {
    await pressEnds()
    place.replaceWith(page)
  }
  delete window.pampsFail
  takeOver()
  // In a private window the browser may refuse.
  void workOffline().catch(() => {})
}

start().catch(() => window.pampsReload?.(location.href, 3) || window.pampsFail?.())
