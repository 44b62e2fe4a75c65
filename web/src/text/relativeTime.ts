import { kept } from './formats'

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/** "5 min. ago", as short as the language allows; the date itself after a week. */
export function relativeTime(date: Date, now: Date, locale: string): string {
  const seconds = Math.round((now.getTime() - date.getTime()) / 1000)
  const format = kept(
    `relative ${locale}`,
    () => new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'narrow' }),
  )
  // Clocks differ by a little: what seems to come from the future has just happened.
  if (seconds < minute) return format.format(0, 'second')
  if (seconds < hour) return format.format(-Math.floor(seconds / minute), 'minute')
  if (seconds < day) return format.format(-Math.floor(seconds / hour), 'hour')
  if (seconds < 7 * day) return format.format(-Math.floor(seconds / day), 'day')
  const sameYear = date.getFullYear() === now.getFullYear()
  return kept(
    `day ${sameYear} ${locale}`,
    () => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: sameYear ? undefined : 'numeric' }),
  ).format(date)
}

/** Date and time to the minute. */
export function exactTime(date: Date, locale: string): string {
  return kept(
    `exact ${locale}`,
    () => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' }),
  ).format(date)
}
