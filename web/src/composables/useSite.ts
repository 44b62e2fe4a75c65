import { shallowRef, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { readSite } from '@/api/site'
import type { Site } from '@/api/types'

/** What the site says of itself in the reader's language; null until it is known, and where that cannot be found out. */
export function useSite() {
  const { locale } = useI18n()
  const site = shallowRef<Site | null>(null)
  const error = shallowRef<unknown>(null)

  async function load(): Promise<void> {
    const asked = locale.value
    error.value = null
    try {
      const found = await readSite(asked)
      if (asked === locale.value) site.value = found
    } catch (problem) {
      error.value = problem
    }
  }

  watch(locale, load, { immediate: true })
  return { site, error, load }
}
