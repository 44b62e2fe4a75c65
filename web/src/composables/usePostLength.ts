import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { useConfigStore } from '@/stores/config'
import { countCodePoints } from '@/text/codePoints'

/** How long the text of a post is, how much is left, and whether it may be sent. */
export function usePostLength(text: MaybeRefOrGetter<string>) {
  const config = useConfigStore()
  const limit = computed(() => config.postMaxLength)
  const length = computed(() => countCodePoints(toValue(text)))
  const left = computed(() => limit.value - length.value)
  const fits = computed(() => length.value > 0 && left.value >= 0)
  return { limit, length, left, fits }
}
