import { useI18n } from 'vue-i18n'
import { kept, regional } from '@/text/formats'

/** 1234 becomes "1.2K", as the reader's language writes it. */
export function useCompactNumber() {
  const { locale } = useI18n()
  const format = () =>
    kept(
      `compact ${locale.value}`,
      () => new Intl.NumberFormat(regional(locale.value), { notation: 'compact', maximumFractionDigits: 1 }),
    )
  // The small numbers that most posts have look alike in every language.
  return (value: number) => (value < 1_000 ? String(value) : format().format(value))
}
