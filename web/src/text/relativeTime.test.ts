import { describe, expect, it } from 'vitest'
import { createI18n } from 'vue-i18n'
import en from '@/i18n/locales/en.json'
import enOfPages from '@/i18n/locales/pages/en.json'
import ptOfPages from '@/i18n/locales/pages/pt-BR.json'
import pt from '@/i18n/locales/pt-BR.json'
import { relativeTime } from './relativeTime'

const now = new Date('2026-11-21T12:00:00')
const messages = { en: { ...en, ...enOfPages }, 'pt-BR': { ...pt, ...ptOfPages } }

function before(seconds: number, locale: keyof typeof messages = 'en'): string {
  const { t } = createI18n({ legacy: false, locale, messages }).global
  return relativeTime(new Date(now.getTime() - seconds * 1000), now, locale, t)
}

describe('relativeTime', () => {
  it.each([
    [0, 'now'],
    [59, 'now'],
    [60, '1m ago'],
    [3_599, '59m ago'],
    [3_600, '1h ago'],
    [86_399, '23h ago'],
    [86_400, 'yesterday'],
    [6 * 86_400, '6d ago'],
    [8 * 86_400, 'Nov 13'],
    [400 * 86_400, 'Oct 17, 2025'],
  ])('%i seconds ago is "%s"', (seconds, text) => {
    expect(before(seconds)).toBe(text)
  })

  it('takes what seems to come from the future as new', () => {
    expect(before(-120)).toBe('now')
  })

  it('speaks the language of the reader', () => {
    expect([0, 60, 3_600, 86_400, 2 * 86_400].map((x) => before(x, 'pt-BR'))).toEqual([
      'agora',
      'há 1 min',
      'há 1 h',
      'ontem',
      'há 2 dias',
    ])
  })
})
