import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it } from 'vitest'
import { NetworkError } from '@/api/errors'
import { useToastStore } from '@/stores/toasts'
import { signedInAs, withSetup } from '@/testing/app'
import { useOptimisticToggle } from './useOptimisticToggle'

/** A switch with a server that answers when the test says so. */
function aSwitch(key = 'like:1') {
  const { result: toggle, router } = withSetup(() => useOptimisticToggle())
  const shown = { on: false }
  const sent: { on: boolean; succeed: () => void; fail: () => void }[] = []
  const click = () =>
    void toggle({
      key,
      isOn: shown.on,
      show: (on) => (shown.on = on),
      send: (on) => new Promise<void>((succeed, fail) => sent.push({ on, succeed, fail: () => fail(new NetworkError()) })),
    })
  return { shown, sent, click, router }
}

describe('useOptimisticToggle', () => {
  beforeEach(() => {
    localStorage.clear()
    signedInAs('ana')
  })

  it('shows the change before the server has answered', () => {
    const { shown, sent, click } = aSwitch('a')
    click()
    expect(shown.on).toBe(true)
    expect(sent.map((x) => x.on)).toEqual([true])
  })

  it('shows the old state again when the server cannot take it', async () => {
    const { shown, sent, click } = aSwitch('b')
    click()
    sent[0]!.fail()
    await flushPromises()
    expect(shown.on).toBe(false)
    expect(useToastStore().toasts).toHaveLength(1)
  })

  it('sends a double click as one change and its undoing, one after the other', async () => {
    const { shown, sent, click } = aSwitch('c')
    click()
    click()
    expect(shown.on).toBe(false)
    expect(sent).toHaveLength(1)
    sent[0]!.succeed()
    await flushPromises()
    expect(sent.map((x) => x.on)).toEqual([true, false])
  })

  it('sends three clicks as one change', async () => {
    const { shown, sent, click } = aSwitch('d')
    click()
    click()
    click()
    sent[0]!.succeed()
    await flushPromises()
    expect(shown.on).toBe(true)
    expect(sent).toHaveLength(1)
  })

  it('goes back to what the server knows when the second of two requests fails', async () => {
    const { shown, sent, click } = aSwitch('e')
    click()
    click()
    sent[0]!.succeed()
    await flushPromises()
    sent[1]!.fail()
    await flushPromises()
    expect(shown.on).toBe(true)
  })

  it('leads to the sign-in page, and back, when nobody is signed in', async () => {
    localStorage.clear()
    const { shown, sent, click, router } = aSwitch('f')
    click()
    await flushPromises()
    expect(shown.on).toBe(false)
    expect(sent).toHaveLength(0)
    expect(router.currentRoute.value).toMatchObject({ name: 'sign-in', query: { next: '/' } })
  })
})
