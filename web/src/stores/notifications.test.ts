import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Notification } from '@/api/types'
import { fakeRoutes } from '@/testing/fakeRoutes'
import { useNotificationStore } from './notifications'

const user = { id: 1, username: 'ana', avatar: null, bio: null, display_name: null }
const make = (id: number, read = false): Notification => ({ id, kind: 'follow', date: '2026-01-01T00:00:00Z', read, user, post: null })

const session = vi.hoisted(() => ({ isSignedIn: true, generation: 0, me: { id: 7 } }))
vi.mock('./session', () => ({ useSessionStore: () => session }))

/** What the other tabs say and hear. */
const channels = vi.hoisted(() => [] as { handle(message: unknown): void; posted: unknown[] }[])
vi.mock('@/session/browserTabs', async (original) => ({
  ...(await original<object>()),
  openChannel: () => {
    const channel = { handle: (() => {}) as (message: unknown) => void, posted: [] as unknown[] }
    channels.push(channel)
    return {
      post: (message: unknown) => channel.posted.push(message),
      onMessage: (handle: (message: unknown) => void) => (channel.handle = handle),
    }
  },
}))

describe('the notification store', () => {
  beforeEach(() => {
    setActivePinia(createPinia())
    channels.length = 0
    session.isSignedIn = true
  })

  it('counts what arrives, once', () => {
    const store = useNotificationStore()
    store.receive(make(2))
    store.receive(make(2))
    store.receive(make(3, true))
    expect(store.unread).toBe(1)
    expect(store.arrived.map((x) => x.id)).toEqual([3, 2])
  })

  it('shows what is done again after it was taken back', async () => {
    fakeRoutes({ 'GET /notification/unread/': { body: { count: 0 } } })
    const store = useNotificationStore()
    store.receive(make(2, true))
    await store.remove(2)
    expect([...store.gone]).toEqual([2])
    store.receive(make(2, true))
    expect(store.gone.size).toBe(0)
    expect(store.arrived.map((x) => x.id)).toEqual([2])
    expect(store.unread).toBe(0)
  })

  it('keeps the newest first when they arrive out of order', () => {
    const store = useNotificationStore()
    for (const id of [5, 9, 7]) store.receive(make(id))
    expect(store.arrived.map((x) => x.id)).toEqual([9, 7, 5])
  })

  it('never shows more than 100', () => {
    const store = useNotificationStore()
    for (let id = 1; id <= 120; id++) store.receive(make(id))
    expect(store.unread).toBe(100)
    expect(store.arrived).toHaveLength(100)
  })

  it('marks as read up to the newest, asks for the count, and tells the other tabs', async () => {
    const calls = fakeRoutes({
      'POST /notification/read/': { status: 204 },
      'GET /notification/unread/': { body: { count: 0 } },
    })
    const store = useNotificationStore()
    store.receive(make(4))
    await store.read(4)
    expect(calls[0]!.json).toEqual({ up_to: 4 })
    expect(store.unread).toBe(0)
    expect(store.isRead(make(4))).toBe(true)
    expect(store.isRead(make(5))).toBe(false)
    expect(channels[0]!.posted).toEqual([{ userId: 7, upTo: 4, unread: 0 }])
  })

  it('moves the mark only forward', async () => {
    const calls = fakeRoutes({
      'POST /notification/read/': { status: 204 },
      'GET /notification/unread/': { body: { count: 0 } },
    })
    const store = useNotificationStore()
    await store.read(9)
    await store.read(4)
    expect(calls.filter((x) => x.method === 'POST')).toHaveLength(1)
    expect(store.readUpTo).toBe(9)
  })

  it('leaves them unread when the server did not take it', async () => {
    fakeRoutes({ 'POST /notification/read/': { status: 503 } })
    const store = useNotificationStore()
    store.receive(make(4))
    await expect(store.read(4)).rejects.toThrow()
    expect(store.isRead(make(4))).toBe(false)
    expect(store.unread).toBe(1)
  })

  it('follows what another tab has read, but not that of somebody else', () => {
    const store = useNotificationStore()
    store.receive(make(4))
    channels[0]!.handle({ userId: 8, upTo: 4, unread: 0 })
    expect(store.unread).toBe(1)
    channels[0]!.handle({ userId: 7, upTo: 4, unread: 0 })
    expect(store.unread).toBe(0)
    expect(store.isRead(make(4))).toBe(true)
  })

  it('takes away what is gone and asks for the count', async () => {
    fakeRoutes({ 'GET /notification/unread/': { body: { count: 3 } } })
    const store = useNotificationStore()
    store.receive(make(4))
    await store.remove(4)
    expect(store.arrived).toEqual([])
    expect(store.gone.has(4)).toBe(true)
    expect(store.unread).toBe(3)
  })
})
