import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { render } from '@/testing/app'
import { fakeRoutes } from '@/testing/fakeRoutes'
import ConfirmEmailPage from './ConfirmEmailPage.vue'

async function open(address = '/confirm-email#a-token') {
  const page = render(ConfirmEmailPage, {}, address)
  await page.ready
  await flushPromises()
  const press = async () => {
    await page.wrapper.findAll('button').find((x) => x.text() === 'Confirm')!.trigger('click')
    await flushPromises()
  }
  return { ...page, press }
}

describe('the page of a link about an address', () => {
  beforeEach(() => {
    localStorage.clear()
    history.replaceState(null, '')
  })
  afterEach(() => (document.body.innerHTML = ''))

  it('confirms when it is pressed, and not before', async () => {
    const calls = fakeRoutes({
      'POST /user/email/confirm/': { body: { email: 'ana@example.net', confirmed_at: '2026-10-30T11:05:18Z' } },
    })
    const { wrapper, router, press } = await open()
    expect(calls).toEqual([])
    expect(router.currentRoute.value.hash).toBe('')
    await press()
    expect(calls[0]).toMatchObject({ path: '/user/email/confirm/', json: { token: 'a-token' } })
    expect(wrapper.text()).toContain('The address of your account is ana@example.net.')
  })

  it('says why it did not work', async () => {
    fakeRoutes({
      'POST /user/email/confirm/': { status: 422, body: { codes: { token: ['invalid_token'] }, errors: { token: ['No'] } } },
    })
    const { wrapper, press } = await open()
    await press()
    expect(wrapper.text()).toContain('This link is no longer good')
  })
})
