import { computed, ref, watch, type Ref } from 'vue'
import { nextTask } from './nextTask'

// The page that somebody came in by is drawn in small steps, a task for each, since a slow phone has the scripts to read
// as well. What the server has drawn stays until the client has drawn as much as is in sight; the rest follows then.
// Later pages were asked for by a tap or a way back, and are drawn at once.
let isFirstPage = true

/** Lets the rest follow: what is in sight is the client's. */
export let takeOver!: () => void
export const takenOver = new Promise<void>((resolve) => (takeOver = resolve))

/** The last step that was asked for of each part; they are taken one after the other. */
const steps = { sight: Promise.resolve(), rest: takenOver }
type Part = keyof typeof steps

function takeTurn(part: Part): Promise<void> {
  return (steps[part] = steps[part].then(nextTask))
}

/** Waits until everything that is in sight at first is drawn. */
export async function drawSight(): Promise<void> {
  let turn
  // Each step may ask for another one.
  do await (turn = takeTurn('sight'))
  while (steps.sight !== turn)
}

export function endFirstPage(): void {
  isFirstPage = false
  takeOver()
}

/** How many posts somebody may have before them, who may have moved down already. */
const inSight = () => Math.ceil((scrollY + innerHeight) / 150)

/** The items of a list: one more with each step, until it is whole. */
export function useGradualList<T>(items: () => T[]) {
  const most = ref(isFirstPage ? 0 : Infinity)
  const isWhole = computed(() => items().length <= most.value)

  watch(
    [most, () => items().length > 0],
    async ([count, hasItems]) => {
      // An empty list is still being read; what it turns out to hold is drawn in steps, too.
      if (count === Infinity || !hasItems) return
      await takeTurn(count < inSight() ? 'sight' : 'rest')
      most.value = isWhole.value ? Infinity : count + 1
    },
    { immediate: true, flush: 'post' },
  )

  return { shown: computed(() => items().slice(0, most.value)), isWhole }
}

/** Whether the turn has come of something that is in sight at first, or of the rest. */
export function useTurn(part: Part): Ref<boolean> {
  const isDue = ref(!isFirstPage)
  if (!isDue.value) void takeTurn(part).then(() => (isDue.value = true))
  return isDue
}
