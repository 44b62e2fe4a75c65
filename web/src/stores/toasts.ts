import { defineStore } from 'pinia'
import { ref } from 'vue'

export interface Toast {
  id: number
  text: string
  kind: 'info' | 'error'
  action?: { label: string; run(): void }
  /** Milliseconds until it goes by itself. */
  duration: number
}

/** Short messages at the edge of the screen. */
export const useToastStore = defineStore('toasts', () => {
  const toasts = ref<Toast[]>([])
  let lastId = 0

  function show(text: string, options: Partial<Omit<Toast, 'id' | 'text'>> = {}): number {
    const toast: Toast = { id: ++lastId, text, kind: 'info', duration: 6_000, ...options }
    // More than three at once nobody reads.
    toasts.value = [...toasts.value.slice(-2), toast]
    return toast.id
  }

  const showError = (text: string) => show(text, { kind: 'error', duration: 8_000 })

  function dismiss(id: number): void {
    toasts.value = toasts.value.filter((x) => x.id !== id)
  }

  return { toasts, show, showError, dismiss }
})
