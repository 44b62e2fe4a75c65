import type { Deed } from '@/session/deeds'
import { useToastStore } from '@/stores/toasts'
import { useErrorText } from './useErrorText'
import { useSignInGate } from './useSignInGate'

export interface Toggle {
  /** What is switched, for instance `like:42`; the same in every place where it can be switched. */
  key: string
  /** How it is shown now. */
  isOn: boolean
  /** Shows it on or off, counters included; must do nothing when it is shown so already. */
  show(on: boolean): void
  /** Tells the server; both directions must be safe to repeat. */
  send(on: boolean): Promise<unknown>
  /** What is done instead, after signing in, by somebody who is not signed in. */
  deed?: Deed
}

const underWay = new Map<string, { wanted: boolean }>()

/**
 * Switches something at once and tells the server afterwards; on failure it is as the server last knew it. Clicks
 * while a request is under way only change what is wanted: the requests of one key follow each other, never race.
 */
export function useOptimisticToggle() {
  const { mayGoOn } = useSignInGate()
  const toasts = useToastStore()
  const errorText = useErrorText()

  return async function toggle({ key, isOn, show, send, deed }: Toggle): Promise<void> {
    if (!mayGoOn({ deed })) return
    const wanted = !isOn
    show(wanted)
    const earlier = underWay.get(key)
    if (earlier) {
      earlier.wanted = wanted
      return
    }

    const state = { wanted }
    let known = isOn
    underWay.set(key, state)
    try {
      while (state.wanted !== known) {
        const next = state.wanted
        await send(next)
        known = next
      }
    } catch (error) {
      show(known)
      toasts.showError(errorText(error))
    } finally {
      underWay.delete(key)
    }
  }
}
