import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { useWelcome } from '@/composables/useWelcome'
import { render } from '@/testing/app'
import { fakeRoutes } from '@/testing/fakeRoutes'
import SignUpPage from './SignUpPage.vue'

const config = { 'GET /config/': { body: { post_max_length: 500, password_min_length: 8, name: 'Pamps', version: '1' } } }
const good = ['ana@example.org', 'ana', 'a long enough password']

async function signUp([email, username, password]: string[]) {
  const { wrapper } = render(SignUpPage)
  await flushPromises()
  const fields = wrapper.findAll('input:not([aria-hidden])')
  const given = [email, username, password]
  for (const [index, field] of fields.entries()) await field.setValue(given[index])
  const submit = async () => {
    await wrapper.find('form').trigger('submit')
    await flushPromises()
  }
  await submit()
  const errorOf = (index: number) => wrapper.findAll('.app-field')[index]!.find('.error')
  return { wrapper, fields, errorOf, submit }
}

describe('the sign-up page', () => {
  beforeEach(() => localStorage.clear())
  afterEach(() => {
    document.body.innerHTML = ''
    useWelcome().end()
  })

  it.each([
    ['an address', ['nowhere', 'ana', 'a long enough password'], 0, 'An e-mail address looks like name@example.org.'],
    ['a name', ['ana@example.org', 'joão', 'a long enough password'], 1, '2 to 30 letters without accents, digits or underscores, beginning with a letter.'],
    ['a password', ['ana@example.org', 'ana', 'short'], 2, 'From 8 to 256 characters.'],
  ])('says what is wrong with %s before asking the server', async (_, given, index, message) => {
    const calls = fakeRoutes(config)
    const { wrapper, fields, errorOf } = await signUp(given)
    expect(errorOf(index).text()).toBe(message)
    // In place of the hint, which says the same.
    expect(wrapper.findAll('.app-field')[index]!.find('.muted').exists()).toBe(false)
    expect(document.activeElement).toBe(fields[index]!.element)
    expect(calls.filter((x) => x.method === 'POST')).toEqual([])
  })

  it('has a form only for who may register', async () => {
    const of = (registration: string) => ({ 'GET /config/': { body: { ...config['GET /config/'].body, registration } } })
    for (const [registration, title] of [
      ['closed', 'Pamps takes nobody new at present'],
      ['invited', 'Pamps is by invitation'],
    ] as const) {
      fakeRoutes(of(registration))
      const { wrapper } = render(SignUpPage)
      await flushPromises()
      expect(wrapper.find('h2').text()).toBe(title)
      expect(wrapper.find('form').exists()).toBe(false)
      wrapper.unmount()
    }
  })

  it('asks a server of before in its way who invites', async () => {
    history.replaceState({ invitation: 'a code' }, '')
    const by = { username: 'beto', display_name: 'Beto' }
    const calls = fakeRoutes({
      'GET /config/': { body: { ...config['GET /config/'].body, registration: 'invited' } },
      'GET /invitation/a%20code/': { body: { by } },
    })
    const { wrapper } = render(SignUpPage)
    await flushPromises()
    await flushPromises()
    history.replaceState({}, '')
    expect(wrapper.text()).toContain('Beto invites you to Pamps.')
    expect(calls.map((x) => x.path).filter((x) => x.startsWith('/invitation/'))).toEqual(['/invitation/given/', '/invitation/a%20code/'])
  })

  it('shows what the server refuses at its field, in the words of the page where it has some', async () => {
    fakeRoutes({
      ...config,
      'POST /user/': {
        status: 422,
        body: {
          detail: 'Invalid',
          errors: { username: ['Not that one.'], password: ['Something that the page does not know.'] },
          codes: { username: ['reserved'], password: ['unheard_of'] },
        },
      },
    })
    const { fields, errorOf } = await signUp(good)
    expect(errorOf(0).exists()).toBe(false)
    expect(errorOf(1).text()).toBe('This user name is reserved.')
    expect(errorOf(2).text()).toBe('Something that the page does not know.')
    expect(document.activeElement).toBe(fields[1]!.element)
  })

  it.each([
    ['username_taken', 1, 'Somebody else has this user name.'],
    ['email_taken', 0, 'There is an account with this e-mail already.'],
  ])('shows "%s" at its field', async (code, index, message) => {
    fakeRoutes({ ...config, 'POST /user/': { status: 409, body: { code, detail: 'Taken' } } })
    const { errorOf } = await signUp(good)
    expect(errorOf(index).text()).toBe(message)
  })

  it('signs in at once and welcomes', async () => {
    const calls = fakeRoutes({
      ...config,
      'POST /user/': { status: 201, body: {} },
      'POST /session/': { body: { access_token: 'a', token_type: 'bearer', expires_in: 1800 } },
      'GET /user/me/': { body: { id: 1, username: 'ana', avatar: null } },
    })
    await signUp(good)
    const asked = calls.map((x) => x.path).filter((x) => !x.startsWith('/site/'))
    expect(asked).toEqual(['/config/', '/user/', '/session/', '/user/me/'])
    expect(useWelcome().isNew.value).toBe(true)
  })

  it('asks why where a moderator approves, and says that one waits', async () => {
    const calls = fakeRoutes({
      'GET /config/': { body: { ...config['GET /config/'].body, registration: 'approval' } },
      'POST /user/': { status: 202, body: {} },
      'POST /session/': { status: 403, body: { code: 'account_waits', detail: 'Waits' } },
    })
    const { wrapper, submit } = await signUp(good)
    expect(calls.filter((x) => x.method === 'POST')).toEqual([])
    await wrapper.find('textarea').setValue('Beto told me of you')
    await submit()
    expect(wrapper.find('h2').text()).toBe('Your registration waits')
    expect(useWelcome().isNew.value).toBe(false)
  })

  it('empties, for another try, what only programs fill in', async () => {
    const routes: Parameters<typeof fakeRoutes>[0] = { ...config, 'POST /user/': { status: 503 } }
    const calls = fakeRoutes(routes)
    const { wrapper, submit } = await signUp(good)
    await wrapper.find('input[aria-hidden]').setValue('https://example.org')
    routes['POST /user/'] = { status: 403, body: { code: 'registration_not_taken', detail: 'Not taken' } }
    await submit()
    await submit()
    const sent = calls.filter((x) => x.path === '/user/').map((x) => (x.json as { website: string }).website)
    expect(sent).toEqual(['', 'https://example.org', ''])
  })

  it('sends the same request again under the same key, and a changed one under another', async () => {
    const calls = fakeRoutes({ ...config, 'POST /user/': { status: 503 } })
    const { fields, submit } = await signUp(good)
    await submit()
    await fields[1]!.setValue('anna')
    await submit()
    const keys = calls.filter((x) => x.path === '/user/').map((x) => x.headers.get('Idempotency-Key'))
    expect(keys[0]).toBeTruthy()
    expect(keys[1]).toBe(keys[0])
    expect(keys[2]).not.toBe(keys[0])
  })
})
