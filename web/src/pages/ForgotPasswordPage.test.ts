import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { render } from '@/testing/app'
import { fakeRoutes } from '@/testing/fakeRoutes'
import ForgotPasswordPage from './ForgotPasswordPage.vue'

const forgot = 'POST /user/password/forgot/'
const config = (mail: boolean) => ({ 'GET /config/': { body: { name: 'Pamps', version: '1', mail } } })

async function open() {
  const { wrapper } = render(ForgotPasswordPage)
  await flushPromises()
  return {
    wrapper,
    async submit(name: string) {
      await wrapper.find('input').setValue(name)
      await wrapper.find('form').trigger('submit')
      await flushPromises()
    },
  }
}

describe('the page for a forgotten password', () => {
  beforeEach(() => localStorage.clear())
  afterEach(() => {
    document.body.innerHTML = document.documentElement.lang = ''
  })

  it('asks for a link in the language of the page, and does not say whether there is such an account', async () => {
    document.documentElement.lang = 'pt-BR'
    const calls = fakeRoutes({ ...config(true), [forgot]: { status: 202 } })
    const { wrapper, submit } = await open()
    await submit(' ana@example.org ')
    const asked = calls.find((x) => x.path.includes('forgot'))!
    expect(asked.json).toEqual({ username: 'ana@example.org' })
    expect(asked.headers.get('Accept-Language')).toBe('pt-BR')
    expect(wrapper.find('[role=status]').text()).toContain('If there is such an account')
    expect(wrapper.find('form').exists()).toBe(false)
  })

  it('asks for what is missing', async () => {
    const calls = fakeRoutes(config(true))
    const { wrapper, submit } = await open()
    await submit('  ')
    expect(calls.filter((x) => x.path.includes('forgot'))).toEqual([])
    expect(wrapper.text()).toContain('Please fill this in.')
  })

  it('says when that was too often', async () => {
    fakeRoutes({ ...config(true), [forgot]: { status: 429, headers: { 'Retry-After': '90' }, body: { code: 'too_many_password_resets' } } })
    const { wrapper, submit } = await open()
    await submit('ana')
    expect(wrapper.find('[role=alert]').text()).toBe('Too many attempts. Try again in 2 minutes.')
  })

  it('says whom to ask where the site sends no mail', async () => {
    fakeRoutes(config(false))
    const { wrapper } = await open()
    expect(wrapper.find('form').exists()).toBe(false)
    expect(wrapper.text()).toContain('whoever runs this site')
  })
})
