import { createI18n, type DefineLocaleMessage } from 'vue-i18n'
import { storage } from '@/session/browserTabs'

/** The languages of the client, each named in itself. */
export const locales = { en: 'English', 'pt-BR': 'Português (Brasil)' } as const

export type Locale = keyof typeof locales

const storageKey = 'pamps-locale'
const load = import.meta.glob<{ default: DefineLocaleMessage }>('./locales/*.json')

export const i18n = createI18n({ legacy: false, locale: 'en', fallbackLocale: false, messages: {} })

/** Loads the messages first, so that the page never shows a mix. */
export async function setLocale(locale: Locale): Promise<void> {
  const messages = await load[`./locales/${locale}.json`]!()
  i18n.global.setLocaleMessage(locale, messages.default)
  i18n.global.locale.value = locale
  document.documentElement.lang = locale
}

export async function chooseLocale(locale: Locale): Promise<void> {
  storage.set(storageKey, locale)
  await setLocale(locale)
}

/** The language chosen in the settings, or the first of the browser's languages that there is. */
export function preferredLocale(): Locale {
  const chosen = storage.get<string>(storageKey)
  if (chosen && chosen in locales) return chosen as Locale
  for (const language of navigator.languages) {
    if (language.toLowerCase().startsWith('pt')) return 'pt-BR'
    if (language.toLowerCase().startsWith('en')) return 'en'
  }
  return 'en'
}
