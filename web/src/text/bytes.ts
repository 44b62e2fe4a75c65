import { kept, regional } from './formats'

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** How large a file is, as people say it: 48 MB. */
export function byteCount(bytes: number, locale: string): string {
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(1000))))
  const unit = units[power]!
  const format = kept(`${unit} ${locale}`, () => new Intl.NumberFormat(regional(locale), { style: 'unit', unit, maximumSignificantDigits: 3 }))
  return format.format(bytes / 1000 ** power)
}
