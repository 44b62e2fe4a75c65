import { onScopeDispose, ref, shallowRef, watchEffect } from 'vue'
import { siteName } from '@/site'

const badge = ref(0)
const title = shallowRef<() => string | null | undefined>(() => null)

watchEffect(() => {
  const name = title.value()
  const count = badge.value > 0 ? `(${badge.value >= 100 ? '99+' : badge.value}) ` : ''
  document.title = `${count}${name ? `${name} · ${siteName}` : siteName}`
})

/** The document's title follows the page; being a getter it stays right when the language changes. */
export function usePageTitle(of: () => string | null | undefined): void {
  title.value = of
  onScopeDispose(() => {
    if (title.value === of) title.value = () => null
  })
}

/** Shows a number before the title, so that it can be seen on the tab. */
export function setTitleBadge(count: number): void {
  badge.value = count
}
