import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useFollowStore } from '@/stores/follows'
import { usePostStore } from '@/stores/posts'
import { useRelationStore } from '@/stores/relations'
import { useToastStore } from '@/stores/toasts'
import { aPost, signedInAs, withSetup } from '@/testing/app'
import { fakeOneTab } from '@/testing/fakeRoutes'
import { fakeServer, json, offline } from '@/testing/fakeServer'
import { useBlocking } from './useBlocking'
import { useFollow } from './useFollow'
import { useFollowRequests } from './useFollowRequests'
import { useMuting } from './useMuting'

const token = () => json({ access_token: 'token', token_type: 'bearer', expires_in: 1800 })
let lastId = 100
/** Somebody new each time: switches under way are remembered between tests. */
const somebody = () => ({ id: ++lastId, username: `user${lastId}` })

function serve(answer: Parameters<typeof fakeServer>[0] = ({ method }) => json({}, method === 'DELETE' ? 204 : 201)) {
  fakeOneTab()
  const server = fakeServer((request) => (request.path.startsWith('/session/') ? token() : answer(request)))
  return () => server.requests.filter((x) => !x.path.startsWith('/session/')).map((x) => `${x.method} ${x.path}`)
}

beforeEach(() => {
  localStorage.clear()
  signedInAs('ana')
})

describe('useBlocking', () => {
  it('takes away what was written at once, and brings it back with Undo', async () => {
    const calls = serve()
    const user = somebody()
    const { result } = withSetup(useBlocking)
    const posts = usePostStore()
    posts.remember(aPost({ id: 1, user_id: user.id }))
    void result.setBlocked(user, true)
    expect(posts.pick([1])).toEqual([])
    await flushPromises()
    expect(calls()).toEqual([`POST /user/block/${user.username}/`])
    useToastStore().toasts[0]!.action!.run()
    expect(posts.pick([1])).toHaveLength(1)
    await flushPromises()
    expect(calls()[1]).toBe(`DELETE /user/block/${user.username}/`)
  })

  it('ends the follow, for good', async () => {
    serve()
    const user = somebody()
    const { result } = withSetup(useBlocking)
    useFollowStore().note(user.id, 'yes')
    await result.setBlocked(user, true)
    expect(useFollowStore().stateOf(user.id)).toBe('no')
  })

  it('is as before when the server cannot take it, and Undo does nothing more', async () => {
    serve(offline)
    const user = somebody()
    const { result } = withSetup(useBlocking)
    void result.setBlocked(user, true)
    const undo = useToastStore().toasts[0]!.action!.run
    await flushPromises()
    undo()
    expect(useRelationStore().hides(user.id)).toBe(false)
    expect(useToastStore().toasts.map((x) => x.kind)).toEqual(['error'])
  })

  it('can be ended from a list, where it is not known otherwise', async () => {
    const calls = serve()
    const user = somebody()
    const { result } = withSetup(useBlocking)
    await result.setBlocked(user, false)
    expect(calls()).toEqual([`DELETE /user/block/${user.username}/`])
  })
})

describe('useMuting', () => {
  afterEach(() => void vi.useRealTimers())

  it('hides posts, and notifications if wished, until its time is over', async () => {
    vi.useFakeTimers()
    const requests: unknown[] = []
    serve(({ json: body }) => {
      requests.push(body)
      return json({}, 201)
    })
    const user = somebody()
    const { result } = withSetup(useMuting)
    const [posts, relations] = [usePostStore(), useRelationStore()]
    posts.remember(aPost({ id: 1, user_id: user.id }))
    await result.setMuted(user, true, { duration: 3_600, notifications: false })
    expect(requests).toEqual([{ duration: 3_600, notifications: false }])
    expect(posts.pick([1])).toEqual([])
    expect(posts.pickAllOf([1])).toHaveLength(1)
    expect(relations.hidesNotifications(user.id)).toBe(false)
    await vi.advanceTimersByTimeAsync(3_601_000)
    expect(posts.pick([1])).toHaveLength(1)
  })

  it('takes an unmute back as it was', async () => {
    const bodies: unknown[] = []
    serve(({ method, json: body }) => {
      bodies.push(body)
      return json({}, method === 'DELETE' ? 204 : 201)
    })
    const { result } = withSetup(useMuting)
    await result.setMuted(somebody(), false, { duration: 60, notifications: false })
    useToastStore().toasts[0]!.action!.run()
    await flushPromises()
    expect(bodies).toEqual([undefined, { duration: 60, notifications: false }])
  })
})

describe('useFollow', () => {
  it('asks a locked account, and takes the request back', async () => {
    const calls = serve(({ method }) => (method === 'DELETE' ? json(null, 204) : json({ pending: true }, 202)))
    const user = { ...somebody(), locked: true }
    const { result } = withSetup(() => useFollow(user))
    void result.toggleFollow()
    expect(result.state.value).toBe('asked')
    await flushPromises()
    expect(result.state.value).toBe('asked')
    vi.useFakeTimers()
    await result.toggleFollow()
    expect(result.state.value).toBe('no')
    // A second click within some seconds, or Undo, takes it back, as if nothing had been.
    await result.toggleFollow()
    expect(result.state.value).toBe('asked')
    await result.toggleFollow()
    useToastStore().toasts[0]!.action!.run()
    expect(result.state.value).toBe('asked')
    await result.toggleFollow()
    await vi.advanceTimersByTimeAsync(7_000)
    expect(result.state.value).toBe('no')
    expect(calls()).toEqual([`POST /user/follow/${user.username}/`, `DELETE /user/follow/${user.username}/`])
  })

  it('goes on following whom it could not stop following', async () => {
    serve(() => offline())
    const user = somebody()
    const { result } = withSetup(() => useFollow(user))
    useFollowStore().note(user.id, 'yes')
    vi.useFakeTimers()
    await result.toggleFollow()
    expect(result.state.value).toBe('no')
    await vi.advanceTimersByTimeAsync(7_000)
    expect(result.state.value).toBe('yes')
    expect(useToastStore().toasts.at(-1)).toMatchObject({ kind: 'error' })
  })

  it('learns from the answer that the account is locked', async () => {
    serve(() => json({ pending: true }, 202))
    const { result } = withSetup(() => useFollow(somebody()))
    void result.toggleFollow()
    expect(result.state.value).toBe('yes')
    await flushPromises()
    expect(result.state.value).toBe('asked')
  })
})

describe('useFollowRequests', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('answers after a while in which it can be taken back', async () => {
    const calls = serve(() => json(null, 204))
    const { result } = withSetup(useFollowRequests)
    const [first, second] = [somebody(), somebody()]
    result.answer(first, 'accept')
    result.answer(second, 'reject')
    expect(result.isAnswered(first.id)).toBe(true)
    useToastStore().toasts[1]!.action!.run()
    expect(result.isAnswered(second.id)).toBe(false)
    await vi.advanceTimersByTimeAsync(7_000)
    expect(calls()).toEqual([`POST /user/follow_requests/${first.username}/accept/`])
  })
})
