import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { render } from '@/testing/app'
import { fakeRoutes } from '@/testing/fakeRoutes'
import ResetPasswordPage from './ResetPasswordPage.vue'

const me = { id: 1, username: 'ana', avatar: null, bio: null, email: 'ana@example.org' }
const reset = 'POST /user/password/reset/'
const session = { body: { access_token: 'a', token_type: 'bearer', expires_in: 1800 } }

async function open(address = '/reset-password#the-token') {
  const mounted = render(ResetPasswordPage, {}, address)
  await mounted.ready
  await flushPromises()
  return {
    ...mounted,
    field: () => mounted.wrapper.find('input'),
    async submit(password: string) {
      await mounted.wrapper.find('input').setValue(password)
      await mounted.wrapper.find('form').trigger('submit')
      await flushPromises()
    },
  }
}

describe('the page for a new password', () => {
  beforeEach(() => {
    localStorage.clear()
    history.replaceState(null, '')
  })
  afterEach(() => (document.body.innerHTML = ''))

  it('sends the token of the address, signs in with the new password and goes home', async () => {
    const calls = fakeRoutes({ [reset]: { body: { username: 'ana' } }, 'POST /session/': session, 'GET /user/me/': { body: me } })
    const { router, submit } = await open()
    expect(router.currentRoute.value.fullPath).toBe('/reset-password')
    await submit(' a new secret ')
    expect(calls.find((x) => x.path.includes('reset'))).toMatchObject({ json: { token: 'the-token', password: ' a new secret ' } })
    expect(calls.find((x) => x.path === '/session/')).toMatchObject({ json: { username: 'ana', password: ' a new secret ' } })
    expect(router.currentRoute.value.name).toBe('home')
  })

  it('leads to the sign-in where one cannot sign in all the same', async () => {
    fakeRoutes({ [reset]: { body: { username: 'ana' } }, 'POST /session/': { status: 401 } })
    const { router, submit } = await open()
    await submit('a new secret')
    expect(router.currentRoute.value.name).toBe('sign-in')
  })

  it('says that a link is no longer good', async () => {
    const codes = { token: ['invalid_token'] }
    fakeRoutes({ [reset]: { status: 422, body: { code: 'invalid', detail: 'x', errors: { token: ['x'] }, codes } } })
    const { wrapper, router, submit } = await open()
    await submit('a new secret')
    expect(wrapper.find('[role=alert]').text()).toMatch(/^This link is no longer good/)
    expect(router.currentRoute.value.name).toBe('reset-password')
  })

  it('says next to the field what is wrong with the password', async () => {
    const calls = fakeRoutes({
      [reset]: { status: 422, body: { code: 'invalid', detail: 'x', errors: { password: ['x'] }, codes: { password: ['too_common'] } } },
    })
    const { wrapper, field, submit } = await open()
    await submit('short')
    expect(calls.filter((x) => x.path.includes('reset'))).toEqual([])
    expect(field().attributes('aria-invalid')).toBe('true')
    await submit('password')
    expect(wrapper.text()).toContain('one of the most common passwords')
  })

  it('has nothing to fill in without a token', async () => {
    fakeRoutes({})
    const { wrapper } = await open('/reset-password')
    expect(wrapper.find('form').exists()).toBe(false)
    expect(wrapper.text()).toContain('Part of this link is missing')
  })
})
