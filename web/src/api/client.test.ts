import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeServer, json, offline, problem } from '@/testing/fakeServer'
import { ApiError, NetworkError } from './errors'

// Both modules remember things between calls, so each test begins with new ones.
let client: typeof import('./client')
beforeEach(async () => {
  vi.resetModules()
  client = await import('./client')
})
afterEach(() => (document.body.innerHTML = ''))

const embed = (answers: object) => {
  document.body.innerHTML = `<script type="application/json" id="pamps-initial">${JSON.stringify(answers)}</script>`
}

describe('request', () => {
  it('asks for another token once when the first is refused', async () => {
    const server = fakeServer(({ headers }) =>
      headers.get('Authorization') === 'Bearer fresh' ? json({ ok: true }) : problem(401, 'Expired'),
    )
    client.useTokens({ current: async () => 'old', renew: async () => 'fresh' })
    expect(await client.request('/user/me/')).toEqual({ ok: true })
    expect(server.requests).toHaveLength(2)
  })

  it('gives up when the other token is refused too', async () => {
    const server = fakeServer(() => problem(401, 'Expired'))
    client.useTokens({ current: async () => 'old', renew: async () => 'fresh' })
    await expect(client.request('/user/me/')).rejects.toMatchObject({ status: 401 })
    expect(server.requests).toHaveLength(2)
  })

  it('turns a problem into an error with its fields', async () => {
    fakeServer(() => problem(422, 'The text is empty.', { text: ['The text is empty.'] }))
    const error = await client.request('/post/').catch((x: unknown) => x)
    expect((error as Error).name).toBe('ApiError')
    expect(error as ApiError).toMatchObject({ detail: 'The text is empty.', errors: { text: ['The text is empty.'] } })
  })

  it('tells a server that cannot be reached from one that answers', async () => {
    fakeServer(offline)
    expect(((await client.request('/post/').catch((x: unknown) => x)) as NetworkError).name).toBe('NetworkError')
  })
})

describe('data that came with the page', () => {
  it('takes the place of the first request, once', async () => {
    embed({ '/post/': [{ id: 3 }] })
    const server = fakeServer(() => json([{ id: 4 }]))
    expect(await client.requestPage('/post/')).toEqual({ items: [{ id: 3 }], next: null })
    expect(document.getElementById('pamps-initial')).toBeNull()
    expect((await client.requestPage('/post/')).items).toEqual([{ id: 4 }])
    expect(server.requests).toHaveLength(1)
  })

  it('has a next page when it is full', async () => {
    embed({ '/post/': Array.from({ length: 20 }, (_, index) => ({ id: 120 - index })) })
    expect((await client.requestPage('/post/')).next).toBe('/post/?before=101')
  })

  it('is not for somebody who is signed in', async () => {
    embed({ '/post/': [{ id: 3, liked: null }] })
    fakeServer(() => json([{ id: 3, liked: true }]))
    client.useTokens({ current: async () => 'token', renew: async () => null })
    expect((await client.requestPage('/post/')).items).toEqual([{ id: 3, liked: true }])
  })
})
