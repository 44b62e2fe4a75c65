import { computed, onMounted, onUnmounted, shallowRef } from 'vue'

/** Milliseconds between two looks. */
const pause = 3_000

/** How it stands with what a job of the server does for somebody: read when it is shown, and again as long as that is under way. */
export function useJobState<T>(read: () => Promise<T>, goesOn: (found: T) => boolean) {
  const found = shallowRef<T | null>(null)
  const error = shallowRef<unknown>(null)
  let isGone = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const isUnderWay = computed(() => found.value !== null && goesOn(found.value))

  function lookAgain(): void {
    clearTimeout(timer)
    if (isUnderWay.value && !isGone) timer = setTimeout(load, pause)
  }

  /** Takes what is known of it from elsewhere. */
  function take(now: T): void {
    found.value = now
    lookAgain()
  }

  async function load(): Promise<void> {
    error.value = null
    try {
      take(await read())
    } catch (problem) {
      if (isUnderWay.value) lookAgain()
      else error.value = problem
    }
  }

  onMounted(load)
  onUnmounted(() => {
    isGone = true
    clearTimeout(timer)
  })
  const isLoaded = computed(() => found.value !== null || error.value !== null)
  return { found, error, isUnderWay, isLoaded, take, load }
}
