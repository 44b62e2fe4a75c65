import { computed, ref, watch, type Ref } from 'vue'
import { nextTask } from './nextTask'

// The page that somebody came in by is drawn in small steps, since a slow phone has the scripts to read as well. Later
// pages were asked for by a tap or a way back, and are drawn at once.
let isFirstPage = true

export function endFirstPage(): void {
  isFirstPage = false
}

/** What a slow phone draws without standing still. */
const step = 3
/** What is in sight at once: the server has drawn it, and it must not go away again. */
const inSight = () => Math.ceil(innerHeight / 150)

/** The first items of a list, and a few more in each task until it is whole. */
export function useGradualList<T>(items: () => T[]) {
  const most = ref(isFirstPage ? inSight() : Infinity)
  const isWhole = computed(() => items().length <= most.value)

  watch(
    [most, () => items().length > 0],
    async ([count, hasItems]) => {
      // An empty list is still being read; what it turns out to hold is drawn in steps, too.
      if (count === Infinity || !hasItems) return
      await nextTask()
      most.value = isWhole.value ? Infinity : count + step
    },
    { immediate: true, flush: 'post' },
  )

  return { shown: computed(() => items().slice(0, most.value)), isWhole }
}

let queue = Promise.resolve()

/** Whether the turn of something has come that the server does not draw either: one after the other, a task for each. */
export function useLater(): Ref<boolean> {
  const isDue = ref(!isFirstPage)
  if (!isDue.value) queue = queue.then(nextTask).then(() => void (isDue.value = true))
  return isDue
}
