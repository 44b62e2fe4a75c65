import { createPinia } from 'pinia'
import { createApp } from 'vue'
import './styles/tokens.css'
import './styles/base.css'
import App from './App.vue'
import { i18n, preferredLocale, setLocale } from './i18n'
import { router } from './router'
import { useSessionStore } from './stores/session'

const app = createApp(App).use(createPinia()).use(i18n)
const session = useSessionStore()

// A server that cannot be reached shows in the page; nothing is to be done here.
void session.start().catch(() => {})
await setLocale(preferredLocale())
app.use(router).mount('#app')
