import { beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { useBackToClose } from './useBackToClose'

/** Happy-dom's history goes nowhere: what a browser does with it is played here. */
function playBack(state: unknown): boolean {
  const event = new PopStateEvent('popstate', { state, cancelable: true })
  history.replaceState(state, '')
  const router = vi.fn()
  addEventListener('popstate', router)
  dispatchEvent(event)
  removeEventListener('popstate', router)
  return router.mock.calls.length === 0
}

describe('useBackToClose', () => {
  const page = { position: 3, back: '/' }
  beforeEach(() => history.replaceState(page, ''))

  it('is closed by the way back, of which the router hears nothing', () => {
    const close = vi.fn()
    const back = vi.spyOn(history, 'back').mockImplementation(() => {})
    const scope = effectScope()
    scope.run(() => useBackToClose(close))
    expect(history.state).toMatchObject({ ...page, over: expect.any(String) })
    expect(playBack(page)).toBe(true)
    expect(close).toHaveBeenCalledOnce()
    scope.stop()
    expect(back).not.toHaveBeenCalled()
    expect(playBack(page)).toBe(false)
  })

  it('takes its entry away when it is closed otherwise, and that alone', () => {
    const close = vi.fn()
    const back = vi.spyOn(history, 'back').mockImplementation(() => {})
    const scope = effectScope()
    scope.run(() => useBackToClose(close))
    scope.stop()
    expect(back).toHaveBeenCalledOnce()
    expect(playBack(page)).toBe(true)
    expect(playBack(page)).toBe(false)
  })

  it('leaves the way back alone when another page has come in its place', () => {
    const back = vi.spyOn(history, 'back').mockImplementation(() => {})
    const scope = effectScope()
    scope.run(() => useBackToClose(() => {}))
    history.replaceState({ position: 4 }, '')
    scope.stop()
    expect(back).not.toHaveBeenCalled()
    expect(playBack(page)).toBe(false)
  })
})
