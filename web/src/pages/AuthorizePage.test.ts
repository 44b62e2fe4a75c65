import { beforeEach, describe, expect, it, vi } from 'vitest'
import { h, ref } from 'vue'
import { render, signedInAs } from '@/testing/app'
import { fakeRoutes } from '@/testing/fakeRoutes'
import AuthorizePage from './AuthorizePage.vue'

const consent = { name: 'Tusky', website: null, redirect_uri: 'tusky://here', scopes: ['read'] }

async function open(query: string) {
  const routes = {
    'POST /session/refresh/': { body: { access_token: 'token', token_type: 'bearer', expires_in: 1800 } },
    [`GET /oauth/consent/?client_id=1${query}`]: { body: consent },
    'DELETE /session/': { status: 204 },
  }
  const calls = fakeRoutes(routes)
  const isThere = ref(false)
  const { wrapper, router, ready } = render({ render: () => (isThere.value ? h(AuthorizePage) : null) }, {}, `/share?client_id=1${query}`)
  await ready
  isThere.value = true
  await vi.waitFor(() => expect(wrapper.find('.ways').exists()).toBe(true))
  return { wrapper, router, calls }
}

describe('the page that lets programs in', () => {
  beforeEach(() => {
    localStorage.clear()
    signedInAs('ana')
  })

  it('has who is signed in let one in', async () => {
    const { wrapper } = await open('')
    expect(wrapper.findAll('.ways button').map((x) => x.text())).toEqual(['Let in', 'Cancel'])
  })

  it('has them sign in once more where the program asks for that, and nobody is signed out before they press', async () => {
    const { wrapper, router, calls } = await open('&force_login=true')
    const [again, cancel] = wrapper.findAll('.ways button')
    expect([again!.text(), cancel!.text()]).toEqual(['Sign in again to let it in', 'Cancel'])
    expect(calls.some((x) => x.method === 'DELETE')).toBe(false)
    await again!.trigger('click')
    await vi.waitFor(() => expect(router.currentRoute.value).toMatchObject({ name: 'sign-in', query: { next: '/share?client_id=1' } }))
    expect(calls.some((x) => x.method === 'DELETE' && x.path === '/session/')).toBe(true)
  })
})
