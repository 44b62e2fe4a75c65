import { createI18n, type DefineLocaleMessage } from 'vue-i18n'
import { storage } from '@/session/browserTabs'

/** The languages of the client, each named in itself. */
export const locales = { en: 'English', 'pt-BR': 'Português (Brasil)' } as const

export type Locale = keyof typeof locales

const storageKey = 'pamps-locale'
const load = import.meta.glob<{ default: DefineLocaleMessage }>('./locales/*.json')
// The texts of pages that are loaded when they are visited; the first visit to the front page does without.
const loadForPages = import.meta.glob<{ default: DefineLocaleMessage }>('./locales/pages/*.json')
let pageTexts: Promise<void> | null = null

export const i18n = createI18n({ legacy: false, locale: 'en', fallbackLocale: false, messages: {} })

/** Loads the messages first, so that the page never shows a mix. */
export async function setLocale(locale: Locale, forPages = pageTexts !== null): Promise<void> {
  const [messages, ofPages] = await Promise.all([
    load[`./locales/${locale}.json`]!(),
    forPages ? loadForPages[`./locales/pages/${locale}.json`]!() : null,
  ])
  i18n.global.setLocaleMessage(locale, { ...messages.default, ...ofPages?.default })
  i18n.global.locale.value = locale
  document.documentElement.lang = locale
}

/** Wraps the loading of a page or component that shows texts of `locales/pages`; both are loaded at once. */
export function withPageTexts<T>(component: () => Promise<T>): () => Promise<T> {
  return async () => (await Promise.all([component(), loadPageTexts()]))[0]
}

function loadPageTexts(): Promise<void> {
  pageTexts ??= setLocale(i18n.global.locale.value as Locale, true).catch((error) => {
    pageTexts = null
    throw error
  })
  return pageTexts
}

/** The language chosen in the settings; `system` when the browser's settings decide. */
export function chosenLocale(): Locale | 'system' {
  const chosen = storage.get<string>(storageKey)
  return chosen && chosen in locales ? (chosen as Locale) : 'system'
}

export async function chooseLocale(locale: Locale | 'system'): Promise<void> {
  if (locale === 'system') storage.remove(storageKey)
  else storage.set(storageKey, locale)
  await setLocale(preferredLocale())
}

/** The language chosen in the settings, or the first of the browser's languages that there is. */
export function preferredLocale(): Locale {
  const chosen = chosenLocale()
  if (chosen !== 'system') return chosen
  for (const language of navigator.languages) {
    if (language.toLowerCase().startsWith('pt')) return 'pt-BR'
    if (language.toLowerCase().startsWith('en')) return 'en'
  }
  return 'en'
}
