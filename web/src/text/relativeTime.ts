import type en from '@/i18n/locales/en.json'
import { kept, regional } from './formats'

/** Finds a text of the languages. */
type Translate = (key: `time.${keyof typeof en.time}`, named: { count: number }, plural: number) => string

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/** Whether the date itself is shown, since a number of days would say less. */
export function isLongAgo(date: Date, now: Date): boolean {
  return secondsBetween(date, now) >= 7 * day
}

/**
 * "5m ago"; the date itself after a week. In words of the client's own: Intl.RelativeTimeFormat reads the rules of a
 * language before the first of them, which takes a slow phone as long as drawing the posts that are in sight.
 */
export function relativeTime(date: Date, now: Date, locale: string, t: Translate): string {
  const seconds = secondsBetween(date, now)
  const say = (key: Parameters<Translate>[0], unit: number) => {
    const count = Math.floor(seconds / unit)
    return t(key, { count }, count)
  }
  // Clocks differ by a little: what seems to come from the future has just happened.
  if (seconds < minute) return say('time.now', minute)
  if (seconds < hour) return say('time.minutes', minute)
  if (seconds < day) return say('time.hours', hour)
  if (!isLongAgo(date, now)) return say('time.days', day)
  const sameYear = date.getFullYear() === now.getFullYear()
  return kept(
    `day ${sameYear} ${locale}`,
    () => new Intl.DateTimeFormat(regional(locale), { day: 'numeric', month: 'short', year: sameYear ? undefined : 'numeric' }),
  ).format(date)
}

/** Date and time to the minute. */
export function exactTime(date: Date, locale: string): string {
  return kept(
    `exact ${locale}`,
    () => new Intl.DateTimeFormat(regional(locale), { dateStyle: 'long', timeStyle: 'short' }),
  ).format(date)
}

function secondsBetween(date: Date, now: Date): number {
  return Math.round((now.getTime() - date.getTime()) / 1000)
}
