import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Post } from '@/api/types'
import { aPost, signedInAs, withSetup } from '@/testing/app'
import { fakeServer, json } from '@/testing/fakeServer'

const by = (user_id: number, username: string, ...tags: string[]) =>
  aPost({
    id: user_id * 100 + tags.length,
    user_id,
    username,
    entities: tags.map((tag) => ({ kind: 'hashtag', start: 0, length: 1, tag })) as Post['entities'],
  })

describe('useLately', () => {
  beforeEach(() => {
    localStorage.clear()
    vi.resetModules()
  })

  it('tells who has written lately, and the hashtags that most people used, and reads once for all', async () => {
    signedInAs('ana')
    const posts = [by(2, 'beto', 'mate'), by(1, 'ana', 'own'), by(3, 'caio', 'bird', 'mate'), by(2, 'beto', 'bird', 'rain', 'bird')]
    const { requests } = fakeServer(({ path }) => (path.startsWith('/post/') ? json(posts) : json({ access_token: 'token', token_type: 'bearer', expires_in: 1800 })))
    const { useLately } = await import('./useLately')
    const { result } = withSetup(useLately)
    await Promise.all([result.load(), result.load()])
    expect(result.people.value.map((x) => x.username)).toEqual(['beto', 'caio'])
    expect(result.tags.value).toEqual(['mate', 'bird', 'rain'])
    expect(requests.filter((x) => x.path.startsWith('/post/'))).toHaveLength(1)
  })

  it('tries again after a failure', async () => {
    let works = false
    fakeServer(({ path }) => (path.startsWith('/post/') && !works ? json({}, 500) : json(path.startsWith('/post/') ? [by(2, 'beto')] : {})))
    const { useLately } = await import('./useLately')
    const { result } = withSetup(useLately)
    await expect(result.load()).rejects.toThrow()
    works = true
    await result.load()
    expect(result.people.value).toHaveLength(1)
  })
})
