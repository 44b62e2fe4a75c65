import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { exclusively, randomId } from './browserTabs'

describe('on plain http', () => {
  beforeEach(() => {
    localStorage.clear()
    Object.defineProperty(navigator, 'locks', { value: undefined, configurable: true })
  })
  afterEach(() => vi.restoreAllMocks())

  it('only one at a time runs under a name', async () => {
    let inside = 0
    let most = 0
    const work = async () => {
      most = Math.max(most, ++inside)
      await new Promise((resolve) => setTimeout(resolve, 10))
      inside--
    }
    await Promise.all([1, 2, 3].map(() => exclusively('name', work)))
    expect(most).toBe(1)
  })

  it('a lease that a closed tab left behind runs out', async () => {
    localStorage.setItem('pamps-lease-name', JSON.stringify({ holder: 'gone', until: Date.now() - 1 }))
    expect(await exclusively('name', async () => 'done')).toBe('done')
  })

  it('a wait can be given up', async () => {
    localStorage.setItem('pamps-lease-name', JSON.stringify({ holder: 'other', until: Date.now() + 60_000 }))
    const giveUp = new AbortController()
    const waiting = exclusively('name', async () => 'done', giveUp.signal)
    giveUp.abort()
    await expect(waiting).rejects.toThrow()
  })

  it('ids are random UUIDs all the same', () => {
    Object.defineProperty(crypto, 'randomUUID', { value: undefined, configurable: true })
    const ids = new Set(Array.from({ length: 50 }, randomId))
    expect(ids.size).toBe(50)
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })
})
