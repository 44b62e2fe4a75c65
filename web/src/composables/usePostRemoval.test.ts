import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { usePostStore } from '@/stores/posts'
import { useToastStore } from '@/stores/toasts'
import { aPost, withSetup } from '@/testing/app'
import { fakeServer, json, offline } from '@/testing/fakeServer'
import { usePostRemoval } from './usePostRemoval'

describe('usePostRemoval', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    localStorage.clear()
  })
  afterEach(() => void vi.useRealTimers())

  function begin(id: number, answer: Parameters<typeof fakeServer>[0] = () => json(null, 204)) {
    const server = fakeServer(answer)
    const { result } = withSetup(usePostRemoval)
    const posts = usePostStore()
    posts.rememberAll([aPost({ id: 1, replies_count: 2 }), aPost({ id, parent_id: 1 })])
    result.removePost(posts.find(id)!)
    return { server, posts, toasts: useToastStore() }
  }

  it('takes the post away at once and tells the server after a while', async () => {
    const { server, posts, toasts } = begin(11)
    expect(posts.find(11)).toBeUndefined()
    expect(posts.find(1)?.replies_count).toBe(1)
    await vi.advanceTimersByTimeAsync(5_900)
    expect(server.requests).toHaveLength(0)
    await vi.advanceTimersByTimeAsync(200)
    expect(server.requests.map((x) => `${x.method} ${x.path}`)).toEqual(['DELETE /post/11/'])
    expect(toasts.toasts).toHaveLength(0)
  })

  it('can be taken back', async () => {
    const { server, posts, toasts } = begin(12)
    toasts.toasts[0]!.action!.run()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(posts.find(12)).toBeDefined()
    expect(posts.find(1)?.replies_count).toBe(2)
    expect(server.requests).toHaveLength(0)
  })

  it('happens at once when the page is left', async () => {
    const { server } = begin(13)
    window.dispatchEvent(new Event('pagehide'))
    await vi.advanceTimersByTimeAsync(0)
    expect(server.requests).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(server.requests).toHaveLength(1)
  })

  it('brings the post back when the server cannot delete it', async () => {
    const { posts, toasts } = begin(14, offline)
    await vi.advanceTimersByTimeAsync(7_000)
    expect(posts.find(14)).toBeDefined()
    expect(toasts.toasts.map((x) => x.kind)).toEqual(['error'])
  })
})
