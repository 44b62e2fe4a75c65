import { onMounted, onUnmounted, readonly, ref } from 'vue'

const now = ref(new Date())
let users = 0
let timer: ReturnType<typeof setInterval> | undefined

function tick(): void {
  if (document.visibilityState === 'visible') now.value = new Date()
}

/** The time, moving on twice a minute while the page is visible; one clock for everything on it. */
export function useNow() {
  onMounted(() => {
    if (users++ > 0) return
    tick()
    timer = setInterval(tick, 30_000)
    document.addEventListener('visibilitychange', tick)
  })
  onUnmounted(() => {
    if (--users > 0) return
    clearInterval(timer)
    document.removeEventListener('visibilitychange', tick)
  })
  return readonly(now)
}
