import { beforeEach, describe, expect, it, vi } from 'vitest'
import { aPost, signedInAs, withSetup } from '@/testing/app'
import { fakeServer, json } from '@/testing/fakeServer'

const by = (user_id: number, username: string) => aPost({ id: user_id * 100, user_id, username })

describe('useLately', () => {
  beforeEach(() => {
    localStorage.clear()
    vi.resetModules()
  })

  it('tells who has written lately, and the hashtags in use, and reads once for all', async () => {
    signedInAs('ana')
    const { requests } = fakeServer(({ path }) => {
      if (path.startsWith('/post/')) return json([by(2, 'beto'), by(1, 'ana'), by(3, 'caio'), by(2, 'beto')])
      return json(path === '/tag/' ? [{ tag: 'mate' }, { tag: 'bird' }] : { access_token: 'token', token_type: 'bearer', expires_in: 1800 })
    })
    const { useLately } = await import('./useLately')
    const { result } = withSetup(useLately)
    await Promise.all([result.load(), result.load()])
    expect(result.people.value.map((x) => x.username)).toEqual(['beto', 'caio'])
    expect(result.tags.value).toEqual(['mate', 'bird'])
    expect(requests.filter((x) => x.path.startsWith('/post/') || x.path === '/tag/')).toHaveLength(2)
  })

  it('tries again after a failure', async () => {
    let works = false
    fakeServer(({ path }) => (path.startsWith('/post/') && !works ? json({}, 500) : json(path.startsWith('/post/') ? [by(2, 'beto')] : path === '/tag/' ? [] : {})))
    const { useLately } = await import('./useLately')
    const { result } = withSetup(useLately)
    await expect(result.load()).rejects.toThrow()
    works = true
    await result.load()
    expect(result.people.value).toHaveLength(1)
  })
})
