import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { aPost, render, signedInAs } from '@/testing/app'
import { fakeServer, json, problem, type FakeRequest } from '@/testing/fakeServer'
import { useConfigStore } from '@/stores/config'
import { useOutboxStore } from '@/stores/outbox'
import { useToastStore } from '@/stores/toasts'
import PostComposer from './PostComposer.vue'

const config = { post_max_length: 20, password_min_length: 8, name: 'Pamps', description: null, version: '1' }

function serve(create: (request: FakeRequest) => Response) {
  return fakeServer((request) => {
    if (request.path === '/config/') return json(config)
    if (request.path === '/post/') return create(request)
    return json({ access_token: 'token', token_type: 'bearer', expires_in: 1800 })
  })
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 400))

describe('PostComposer', () => {
  beforeEach(() => {
    localStorage.clear()
    signedInAs('ana')
  })

  it('offers video where the server takes it, and says where it does not, or less of it', async () => {
    const media = { types: ['image/png'], max_bytes: 9, max_per_post: 4, description_max_length: 9, quota_bytes: null, video: null, audio: null }
    const video = { types: ['video/mp4'], max_bytes: 2_097_152, max_seconds: 9 }
    for (const [taken, bytes, said] of [[null, 3, 'This site takes no video and no audio.'], [video, 2_097_153, 'Video and audio may have 2 MB here.']] as const) {
      fakeServer((request) => (request.path === '/config/' ? json({ ...config, media: { ...media, video: taken } }) : problem(503, 'Away')))
      const { wrapper } = render(PostComposer)
      await useConfigStore().load()
      await flushPromises()
      const chooser = wrapper.get<HTMLInputElement>('input[type=file]')
      expect(chooser.attributes('accept')).toBe(taken ? 'image/png,video/mp4' : 'image/png')
      const file = new File([new Uint8Array(bytes)], 'gull.mp4', { type: 'video/mp4' })
      Object.defineProperty(chooser.element, 'files', { value: [file], configurable: true })
      await chooser.trigger('change')
      expect(useToastStore().toasts.map((x) => x.text)).toEqual([said])
      wrapper.unmount()
    }
  })

  it('counts what is left as the server will', async () => {
    serve(() => json(aPost(), 201))
    const { wrapper } = render(PostComposer)
    await flushPromises()
    const send = wrapper.get('button[type=submit]')
    expect(send.attributes('disabled')).toBeDefined()
    await wrapper.get('textarea').setValue('👋🏽'.repeat(10))
    expect(wrapper.get('.post-counter').text()).toBe('0')
    expect(send.attributes('disabled')).toBeUndefined()
    await wrapper.get('textarea').setValue('👋🏽'.repeat(10) + '!')
    expect(wrapper.get('.post-counter').text()).toBe('-1')
    expect(send.attributes('disabled')).toBeDefined()
    expect(wrapper.get('textarea').attributes('aria-invalid')).toBe('true')
  })

  it('sends with Ctrl+Enter and is empty afterwards', async () => {
    const server = serve(() => json(aPost({ id: 9 }), 201))
    const { wrapper } = render(PostComposer, { parent: { id: 3, username: 'beto' } })
    await wrapper.get('textarea').setValue('An answer')
    await wrapper.get('textarea').trigger('keydown', { key: 'Enter', ctrlKey: true })
    await settle()
    expect(server.requests.find((x) => x.path === '/post/')?.json).toEqual({
      text: 'An answer',
      parent_id: 3,
      visibility: 'public',
    })
    expect(wrapper.get('textarea').element.value).toBe('')
    expect(wrapper.emitted('sent')).toHaveLength(1)
  })

  it('answers as openly as what it answers, until its author says otherwise', async () => {
    const server = serve(() => json(aPost({ id: 9 }), 201))
    const { wrapper } = render(PostComposer, { parent: aPost({ id: 3, visibility: 'followers' }) })
    expect(wrapper.get('.post-visibility').attributes('aria-label')).toBe('Who can see it: Followers')
    useOutboxStore().write('reply-3', { visibility: 'unlisted', text: 'An answer' })
    await wrapper.vm.$nextTick()
    expect(wrapper.get('.post-visibility').text()).toBe('Unlisted')
    await wrapper.get('form').trigger('submit')
    await settle()
    expect(server.requests.find((x) => x.path === '/post/')?.json).toMatchObject({ visibility: 'unlisted' })
    expect(wrapper.get('.post-visibility').text()).toBe('Followers')
  })

  it('tells where a direct post is, which no list here shows', async () => {
    serve(() => json(aPost({ id: 9, visibility: 'direct' }), 201))
    const { wrapper, router } = render(PostComposer)
    useOutboxStore().write('new', { visibility: 'direct', text: '@beto Psst' })
    await wrapper.vm.$nextTick()
    await wrapper.get('form').trigger('submit')
    await settle()
    const [toast] = useToastStore().toasts
    expect(toast?.text).toBe('Sent to those it mentions')
    const push = vi.spyOn(router, 'push').mockResolvedValue(undefined)
    toast?.action?.run()
    expect(push).toHaveBeenCalledWith('/direct')
  })

  it('answers a direct post to everybody in it', async () => {
    serve(() => json(aPost(), 201))
    const entities = ['Ana', 'beto', 'caio'].map((username) => ({ kind: 'mention', start: 0, length: 1, username }))
    const { wrapper } = render(PostComposer, { parent: { ...aPost({ username: 'beto', visibility: 'direct' }), entities } })
    expect(wrapper.get('textarea').element.value).toBe('@beto @caio ')
    expect(wrapper.get('.post-audience').text()).toBe('To @beto and @caio')
    await wrapper.get('textarea').setValue('Hello')
    expect(wrapper.get('.post-audience').text()).toContain('Mention somebody')
  })

  it('keeps the text and says why when it is refused', async () => {
    serve(() => problem(422, 'Invalid', { text: ['The text has control characters.'] }))
    const { wrapper } = render(PostComposer)
    await wrapper.get('textarea').setValue('Hello')
    await wrapper.get('form').trigger('submit')
    await settle()
    expect(wrapper.get('textarea').element.value).toBe('Hello')
    expect(wrapper.get('[role=alert]').text()).toBe('The text has control characters.')
    expect(wrapper.get('textarea').attributes('aria-describedby')).toContain(wrapper.get('[role=alert]').attributes('id')!)
  })
})
