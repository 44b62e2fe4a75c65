import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { render } from '@/testing/app'
import { fakeRoutes } from '@/testing/fakeRoutes'
import SignInPage from './SignInPage.vue'

const me = { id: 1, username: 'ana', avatar: null, bio: null, display_name: null, email: 'ana@example.org' }

async function open() {
  const { wrapper } = render(SignInPage)
  const [name, password] = wrapper.findAll('input')
  return {
    wrapper,
    name: name!,
    password: password!,
    async submit() {
      await wrapper.find('form').trigger('submit')
      await flushPromises()
    },
  }
}

describe('the sign-in page', () => {
  beforeEach(() => localStorage.clear())
  afterEach(() => (document.body.innerHTML = ''))

  it('asks for what is missing, next to the field, and goes to the first', async () => {
    const calls = fakeRoutes({})
    const { name, password, submit } = await open()
    await submit()
    expect(calls.filter((x) => x.path !== '/config/')).toEqual([])
    expect(document.activeElement).toBe(name.element)
    for (const field of [name, password]) {
      expect(field.attributes('aria-invalid')).toBe('true')
      const message = document.getElementById(field.attributes('aria-describedby')!)
      expect(message?.textContent).toBe('Please fill this in.')
    }
  })

  it('signs in with what was given', async () => {
    const calls = fakeRoutes({
      'POST /session/': { body: { access_token: 'a', token_type: 'bearer', expires_in: 1800 } },
      'GET /user/me/': { body: me },
    })
    const { name, password, submit } = await open()
    await name.setValue(' ana ')
    await password.setValue(' a secret ')
    await submit()
    const [signIn, whoAmI] = calls.filter((x) => x.path !== '/config/')
    // A password may begin or end with a space; a name does not.
    expect(signIn).toMatchObject({ path: '/session/', json: { username: 'ana', password: ' a secret ' } })
    expect(signIn!.headers.get('X-Requested-With')).toBe('pamps')
    expect(whoAmI!.headers.get('Authorization')).toBe('Bearer a')
  })

  it('does not tell which of the two is wrong', async () => {
    fakeRoutes({ 'POST /session/': { status: 401, body: { detail: 'Incorrect username or password' } } })
    const { wrapper, name, password, submit } = await open()
    await name.setValue('ana')
    await password.setValue('wrong')
    await submit()
    expect(wrapper.find('[role=alert]').text()).toBe('The user name or the password is not right.')
    expect(name.attributes('aria-invalid')).toBeUndefined()
  })

  it('tells how long to wait', async () => {
    fakeRoutes({ 'POST /session/': { status: 429, headers: { 'Retry-After': '90' }, body: { detail: 'Too many' } } })
    const { wrapper, name, password, submit } = await open()
    await name.setValue('ana')
    await password.setValue('x')
    await submit()
    expect(wrapper.find('[role=alert]').text()).toBe('Too many attempts. Try again in 2 minutes.')
  })

  it('shows and hides the password', async () => {
    fakeRoutes({})
    const { wrapper, password } = await open()
    expect(password.attributes('type')).toBe('password')
    await wrapper.find('button[aria-label="Show password"]').trigger('click')
    expect(password.attributes('type')).toBe('text')
    await wrapper.find('button[aria-label="Hide password"]').trigger('click')
    expect(password.attributes('type')).toBe('password')
  })

  it('asks for another code to read why the account is suspended, and for one to appeal', async () => {
    const routes: Parameters<typeof fakeRoutes>[0] = {
      'POST /session/': { status: 401, body: { code: 'second_factor_needed', detail: 'A code is needed too' } },
      'POST /user/suspension/': { status: 401, body: { code: 'second_factor_needed', detail: 'A code is needed too' } },
    }
    const calls = fakeRoutes(routes)
    const { wrapper, name, password, submit } = await open()
    await name.setValue('ana')
    await password.setValue('a secret')
    await submit()
    routes['POST /session/'] = { status: 403, body: { code: 'account_suspended', detail: 'Suspended' } }
    await wrapper.find('input').setValue('111111')
    await submit()
    expect(calls.some((x) => x.path === '/user/suspension/')).toBe(false)
    expect(wrapper.find('[role=status]').text()).toBe('With another code you can read why.')

    const code = wrapper.find('input')
    expect((code.element as HTMLInputElement).value).toBe('')
    await code.setValue('111111')
    await submit()
    expect(wrapper.find('[role=alert]').text()).toContain('This takes a code that was not used before.')
    const deed = { id: 5, action: 'suspend', message: 'Enough', created_at: '2026-11-30T10:00:00Z' }
    routes['POST /user/suspension/'] = { body: deed }
    await code.setValue('222222')
    await submit()
    expect(wrapper.text()).toContain('Enough')

    await wrapper.findAll('button').find((x) => x.text() === 'Appeal')!.trigger('click')
    await wrapper.find('textarea').setValue('I did not')
    await wrapper.find('input').setValue('333333')
    routes['POST /user/suspension/'] = { body: { ...deed, appeal: 'I did not', appealed_at: '2026-11-30T11:00:00Z' } }
    await submit()
    expect(wrapper.text()).toContain('You have appealed.')
    expect(calls.filter((x) => x.path === '/user/suspension/').map((x) => x.json)).toEqual([
      { username: 'ana', password: 'a secret', otp: '111111' },
      { username: 'ana', password: 'a secret', otp: '222222' },
      { username: 'ana', password: 'a secret', otp: '333333', text: 'I did not' },
    ])
  })

  it('asks for a code where the account has one, and for a recovery code instead', async () => {
    const refused = (code: string) => ({ status: 401, body: { code, detail: 'A code is needed too' } })
    const routes: Parameters<typeof fakeRoutes>[0] = {
      'POST /session/': refused('second_factor_needed'),
      'GET /user/me/': { body: me },
    }
    const calls = fakeRoutes(routes)
    const { wrapper, name, password, submit } = await open()
    await name.setValue('ana')
    await password.setValue('a secret')
    await submit()
    const code = wrapper.find('input')
    expect(code.attributes()).toMatchObject({ autocomplete: 'one-time-code', inputmode: 'numeric' })
    expect(document.activeElement).toBe(code.element)
    const said = () => wrapper.findAll('[role=alert]').map((x) => x.text()).join('')
    expect(said()).toBe('')

    routes['POST /session/'] = refused('wrong_second_factor')
    await code.setValue('000000')
    await submit()
    expect(said()).toBe('This code is not right, or was used before.')

    routes['POST /session/'] = { body: { access_token: 'a', token_type: 'bearer', expires_in: 1800 } }
    await wrapper.findAll('button').find((x) => x.text() === 'Use a recovery code')!.trigger('click')
    await flushPromises()
    await wrapper.find('input').setValue('mfrggz-dfmy4t-qnzxha-ydambr')
    await submit()
    expect(calls.filter((x) => x.path === '/session/').map((x) => x.json)).toEqual([
      { username: 'ana', password: 'a secret' },
      { username: 'ana', password: 'a secret', otp: '000000' },
      { username: 'ana', password: 'a secret', otp: 'mfrggz-dfmy4t-qnzxha-ydambr' },
    ])
  })

  describe('with a passkey', () => {
    const routes = (rpId: string): Parameters<typeof fakeRoutes>[0] => ({
      'GET /config/': { body: { post_max_length: 500, password_min_length: 8, name: 'Pamps', version: '1', passkeys: true } },
      'GET /session/passkey/': { body: { options: { rpId } } },
      'POST /session/passkey/': { body: { access_token: 'a', token_type: 'bearer', expires_in: 1800 } },
      'DELETE /session/': { status: 204 },
    })

    async function press(answers: ReturnType<typeof routes>) {
      vi.stubGlobal('PublicKeyCredential', { parseCreationOptionsFromJSON: 1, parseRequestOptionsFromJSON: (x: unknown) => x })
      const calls = fakeRoutes(answers)
      Object.assign(navigator, { credentials: { get: async () => ({ toJSON: () => ({ id: 'x' }) }) } })
      const { wrapper } = await open()
      await flushPromises()
      await wrapper.get('button.passkey').trigger('click')
      const said = () => wrapper.findAll('[role=alert]').map((x) => x.text()).join('')
      await vi.waitFor(() => expect(said()).not.toBe(''))
      await flushPromises()
      return { calls, wrapper, said: said() }
    }

    it('says where they work', async () => {
      const { said, calls } = await press(routes('pamps.example'))
      expect(said).toBe('Passkeys work at pamps.example alone. Open this page there.')
      expect(calls.some((x) => x.method === 'POST')).toBe(false)
    })

    it('lets who is suspended read why with another answer, and appeal with one more', async () => {
      const suspended = { status: 403, body: { code: 'account_suspended', detail: 'Suspended' } }
      const deed = { id: 5, action: 'suspend', message: 'Enough', created_at: '2026-11-30T10:00:00Z' }
      const { said, wrapper, calls } = await press({
        ...routes(location.hostname),
        'POST /session/passkey/': suspended,
        'POST /user/suspension/': { body: deed },
      })
      expect(said).toBe('This account is suspended. With the passkey once more, or with the password, you can read why and appeal.')
      await wrapper.get('button.passkey').trigger('click')
      await vi.waitFor(() => expect(wrapper.text()).toContain('Enough'))
      await wrapper.findAll('button').find((x) => x.text() === 'Appeal')!.trigger('click')
      await wrapper.find('textarea').setValue('I did not')
      await wrapper.find('form').trigger('submit')
      await vi.waitFor(() => expect(calls.filter((x) => x.path === '/user/suspension/')).toHaveLength(2))
      expect(calls.filter((x) => x.path === '/user/suspension/').map((x) => x.json)).toEqual([
        { passkey: { id: 'x' } },
        { passkey: { id: 'x' }, text: 'I did not' },
      ])
      expect(calls.filter((x) => x.path === '/session/passkey/' && x.method === 'GET')).toHaveLength(3)
    })

    it('leaves no session open whose person it cannot learn', async () => {
      const { calls } = await press({ ...routes(location.hostname), 'GET /user/me/': { status: 503 } })
      expect(calls.at(-1)).toMatchObject({ method: 'DELETE', path: '/session/' })
    })
  })
})
