import { regional } from './formats'

/** "45 seconds", "2 minutes": a time to wait, rounded up. */
export function duration(seconds: number, locale: string): string {
  const [value, unit] = seconds < 60 ? [seconds, 'second'] : [seconds / 60, 'minute']
  return new Intl.NumberFormat(regional(locale), { style: 'unit', unit, unitDisplay: 'long' }).format(Math.max(1, Math.ceil(value)))
}
