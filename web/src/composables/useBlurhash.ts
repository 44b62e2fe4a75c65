import { ref, watch } from 'vue'
import { load } from '@/parts'
import { colourOf } from '@/text/blurhash'
import { useTurn } from './useFirstPage'

/** The styles of what stands behind pictures until they are there: what each looks like from afar, once what is more urgent has been drawn; their colours until then. */
export function useBlurhash(blurhashes: () => string[]) {
  const isDue = useTurn('rest')
  const blurred = ref<(string | null)[]>([])
  watch(
    [isDue, () => blurhashes().join()],
    async ([due]) => {
      if (!due) return
      const all = blurhashes()
      if (all.length === 0) return
      const part = await load(() => import('@/text/blurhashPicture')).catch(() => null)
      blurred.value = all.map((x) => part?.blurhashPicture(x) ?? null)
    },
    { immediate: true },
  )

  return (index: number) => {
    const blur = blurred.value[index]
    return { background: `center / cover ${blur ? `url("${blur}")` : 'none'} ${colourOf({ blurhash: blurhashes()[index]! })}` }
  }
}
