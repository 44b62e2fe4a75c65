import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { signedInAs } from '@/testing/app'
import { fakeChannels } from '@/testing/fakeChannels'
import { fakeServer, json, offline, problem } from '@/testing/fakeServer'
import { TokenKeeper } from './tokenKeeper'

/** A server whose refresh cookie may be used once at a time: two requests at once end the login. */
function serverWithRotation(lifetime = 1800) {
  let underWay = 0
  const state = { refreshes: 0, reused: false }
  const server = fakeServer(async ({ method, path }) => {
    if (path === '/session/' && method === 'DELETE') return json(null, 204)
    if (path === '/session/') return json({ access_token: 'first', token_type: 'bearer', expires_in: lifetime })
    if (underWay > 0) state.reused = true
    underWay++
    state.refreshes++
    const number = state.refreshes
    await new Promise((resolve) => setTimeout(resolve, 20))
    underWay--
    return json({ access_token: `token-${number}`, token_type: 'bearer', expires_in: lifetime })
  })
  return { ...server, state }
}

/** What navigator.locks does, as far as it is used here. */
function fakeLocks() {
  const tails = new Map<string, Promise<unknown>>()
  const shared: { name: string }[] = []
  return {
    query: async () => ({ held: shared }),
    request: (name: string, options: { mode?: string }, work: () => Promise<unknown>) => {
      if (options.mode === 'shared') {
        shared.push({ name })
        return work()
      }
      const result = (tails.get(name) ?? Promise.resolve()).then(work)
      tails.set(name, result.catch(() => {}))
      return result
    },
  }
}

const tab = () => {
  const events = { signedInElsewhere: vi.fn(), ended: vi.fn() }
  return { keeper: new TokenKeeper(events), events }
}

beforeEach(() => {
  localStorage.clear()
  fakeChannels()
})
afterEach(() => vi.useRealTimers())

describe.each(['with navigator.locks', 'on plain http, without'])('TokenKeeper %s', (environment) => {
  beforeEach(() => {
    const locks = environment.startsWith('with ') ? fakeLocks() : undefined
    Object.defineProperty(navigator, 'locks', { value: locks, configurable: true })
  })

  it('shares one refresh among tabs that are opened together', async () => {
    signedInAs('ana')
    const { state } = serverWithRotation()
    const tabs = [tab(), tab(), tab()]
    const tokens = await Promise.all(tabs.map((x) => x.keeper.current()))
    expect(tokens).toEqual(['token-1', 'token-1', 'token-1'])
    expect(state).toEqual({ refreshes: 1, reused: false })
  })

  it('shares one refresh among requests of a tab', async () => {
    signedInAs('ana')
    const { state } = serverWithRotation()
    const { keeper } = tab()
    await Promise.all([keeper.current(), keeper.current(), keeper.renew()])
    expect(state.refreshes).toBe(1)
  })

  it('gets another token in place of a refused one, once for all tabs', async () => {
    signedInAs('ana')
    const { state } = serverWithRotation()
    const [one, two] = [tab(), tab()]
    await Promise.all([one.keeper.current(), two.keeper.current()])
    const renewed = await Promise.all([one.keeper.renew('token-1'), two.keeper.renew('token-1')])
    expect(renewed).toEqual(['token-2', 'token-2'])
    expect(state).toEqual({ refreshes: 2, reused: false })
  })
})

describe('TokenKeeper', () => {
  it('asks for nothing when nobody is signed in', async () => {
    const { requests } = serverWithRotation()
    expect(await tab().keeper.current()).toBeNull()
    expect(requests).toHaveLength(0)
  })

  it('renews a token shortly before it expires', async () => {
    vi.useFakeTimers()
    const { state } = serverWithRotation(600)
    const { keeper } = tab()
    const signedIn = keeper.signIn('ana', 'secret')
    await vi.advanceTimersByTimeAsync(1_000)
    await signedIn
    await vi.advanceTimersByTimeAsync(560_000)
    expect(state.refreshes).toBe(0)
    await vi.advanceTimersByTimeAsync(15_000)
    expect(state.refreshes).toBe(1)
  })

  it('ends the session in all tabs when the server refuses to refresh', async () => {
    signedInAs('ana')
    fakeServer(() => problem(401, 'Signed out'))
    const [one, two] = [tab(), tab()]
    expect(await one.keeper.current()).toBeNull()
    await vi.waitFor(() => expect(two.events.ended).toHaveBeenCalled())
    expect(one.events.ended).toHaveBeenCalledOnce()
    expect(one.keeper.hint).toBeNull()
  })

  it('keeps the session when the server cannot be reached', async () => {
    signedInAs('ana')
    fakeServer(offline)
    const { keeper, events } = tab()
    await expect(keeper.current()).rejects.toMatchObject({ name: 'NetworkError' })
    expect(keeper.hint).toEqual({ username: 'ana', avatar: null })
    expect(events.ended).not.toHaveBeenCalled()
  })

  it('tells the other tabs of a sign-in and a sign-out', async () => {
    serverWithRotation()
    const [one, two] = [tab(), tab()]
    await one.keeper.signIn('ana', 'secret')
    await vi.waitFor(() => expect(two.events.signedInElsewhere).toHaveBeenCalled())
    expect(await two.keeper.current()).toBe('first')
    await one.keeper.signOut()
    await vi.waitFor(() => expect(two.events.ended).toHaveBeenCalled())
    expect(await two.keeper.current()).toBeNull()
  })

  it('is signed out when the server knows it, and not before', async () => {
    serverWithRotation()
    const [{ keeper }, other] = [tab(), tab()]
    await keeper.signIn('ana', 'secret')
    let answer = () => {}
    const server = fakeServer(({ method }) =>
      method === 'DELETE' ? new Promise((resolve) => (answer = () => resolve(json(null, 204)))) : problem(401, 'unauthenticated'),
    )
    const signedOut = keeper.signOut()
    await vi.waitFor(() => expect(server.of('DELETE')).toHaveLength(1))
    expect(keeper.hint).not.toBeNull()
    expect(other.events.ended).not.toHaveBeenCalled()
    answer()
    await signedOut
    expect(keeper.hint).toBeNull()
    await vi.waitFor(() => expect(other.events.ended).toHaveBeenCalled())
    expect(await keeper.renew('first')).toBeNull()
    expect(server.of('POST')).toHaveLength(0)
  })

  it('signs out here when the server does not answer', async () => {
    serverWithRotation()
    const { keeper } = tab()
    await keeper.signIn('ana', 'secret')
    vi.useFakeTimers()
    fakeServer(() => new Promise(() => {}))
    const signedOut = keeper.signOut()
    await vi.advanceTimersByTimeAsync(5_000)
    await signedOut
    expect(keeper.hint).toBeNull()
  })

  it('signs out on the server later when it cannot be reached now', async () => {
    const server = serverWithRotation()
    await tab().keeper.signIn('ana', 'secret')
    fakeServer(offline)
    const { keeper } = tab()
    await keeper.signOut()
    const later = serverWithRotation()
    tab()
    await vi.waitFor(() => expect(later.of('DELETE')).toHaveLength(1))
    expect(server.of('DELETE')).toHaveLength(0)
  })

  it('waits for a refresh that a page left behind, whose cookie is still on its way', async () => {
    vi.useFakeTimers()
    signedInAs('ana')
    const { state } = serverWithRotation()
    localStorage.setItem('pamps-refreshing', String(Date.now() - 500))
    const token = tab().keeper.current()
    await vi.advanceTimersByTimeAsync(1_500)
    expect(state.refreshes).toBe(0)
    await vi.advanceTimersByTimeAsync(2_500)
    expect(await token).toBe('token-1')
  })
})
