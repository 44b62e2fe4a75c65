import { useI18n } from 'vue-i18n'
import { useToastStore } from '@/stores/toasts'
import { useOptimisticToggle, type Toggle } from './useOptimisticToggle'

/** Switches something as the optimistic toggle does, and offers a way back in a message. */
export function useSwitchWithUndo() {
  const { t } = useI18n()
  const toasts = useToastStore()
  const toggle = useOptimisticToggle()

  /** `state` tells how it is at the moment of each switch. Nothing happens when it is as wanted already. */
  return async function switchTo(wanted: boolean, text: string, state: () => Toggle): Promise<void> {
    const before = state()
    if (before.isOn === wanted) return
    const undo = () => void (state().isOn === wanted && toggle(state()))
    const message = toasts.show(text, { action: { label: t('app.undo'), run: undo } })
    await toggle(before)
    // It failed, and is told; or it was taken back.
    if (state().isOn !== wanted) toasts.dismiss(message)
  }
}
