import { useI18n } from 'vue-i18n'
import { useToastStore } from '@/stores/toasts'

const timeToUndo = 6_000

export interface Regrettable {
  /** What is done, for instance `delete:42`; twice the same is done once. */
  key: string
  /** Says that it is done. */
  text: string
  /** Shows it done, or undone again. */
  show(done: boolean): void
  /** Does it, some seconds later or when the page is left; deals with its own failure. */
  send(keepalive: boolean): Promise<void>
}

const waiting = new Map<string, { finish(keepalive: boolean): void; undo(): void }>()

/** Takes back what still can be; false when there is nothing under this key. */
export function takeBack(key: string): boolean {
  const regrettable = waiting.get(key)
  regrettable?.undo()
  return regrettable !== undefined
}

// Leaving the page does not take back what was done on it.
addEventListener('pagehide', () => waiting.forEach((x) => x.finish(true)))

/** Does what cannot be undone on the server after a few seconds in which it can be taken back. */
export function useGracePeriod() {
  const { t } = useI18n()
  const toasts = useToastStore()

  return function doSoon({ key, text, show, send }: Regrettable): void {
    if (waiting.has(key)) return
    show(true)
    const stop = () => {
      clearTimeout(timer)
      waiting.delete(key)
      toasts.dismiss(toast)
    }
    const finish = (keepalive: boolean) => {
      stop()
      void send(keepalive)
    }
    const undo = () => {
      if (!waiting.has(key)) return
      stop()
      show(false)
    }
    const timer = setTimeout(() => finish(false), timeToUndo)
    waiting.set(key, { finish, undo })
    const toast = toasts.show(text, { duration: timeToUndo * 2, action: { label: t('app.undo'), run: undo } })
  }
}
