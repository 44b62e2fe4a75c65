import { computed } from 'vue'
import { useI18n } from 'vue-i18n'

/** 1234 becomes "1.2K", as the reader's language writes it. */
export function useCompactNumber() {
  const { locale } = useI18n()
  const format = computed(() => new Intl.NumberFormat(locale.value, { notation: 'compact', maximumFractionDigits: 1 }))
  return (value: number) => format.value.format(value)
}
