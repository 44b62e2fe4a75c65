import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { useOutboxStore } from '@/stores/outbox'
import { render, signedInAs } from '@/testing/app'
import { fakeRoutes } from '@/testing/fakeRoutes'
import SharePage from './SharePage.vue'

async function open(address: string, draft = '') {
  const calls = fakeRoutes({ 'GET /config/': { body: { media: { types: [], max_per_post: 4 } } } })
  signedInAs('ana')
  if (draft) localStorage.setItem('pamps-draft-ana-new', JSON.stringify({ text: draft, key: null, keyMadeAt: 0 }))
  const { router, wrapper, ready } = render(SharePage, {}, address)
  await ready
  await flushPromises()
  const button = (label: string) => wrapper.findAll('a, button').find((x) => x.text() === label)!
  return { calls, router, wrapper, outbox: useOutboxStore(), button }
}

describe('the page of what is shared', () => {
  beforeEach(() => localStorage.clear())
  afterEach(() => (document.body.innerHTML = ''))

  it('shows it, and leaves the draft alone when it is not wanted', async () => {
    const { calls, router, wrapper, outbox, button } = await open('/share?text=Buy <b>this</b>', 'Good morning')
    expect(wrapper.find('blockquote').text()).toBe('Buy <b>this</b>')
    expect(wrapper.text()).toContain('what you have begun')
    expect(outbox.open('new').text).toBe('Good morning')
    await button('Discard').trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.name).toBe('home')
    expect(outbox.open('new').text).toBe('Good morning')
    expect(calls).toEqual([])
  })

  it('puts it below what was begun when it is wanted', async () => {
    const { router, outbox, button } = await open('/share?title=Owls&url=https://example.org/', 'Good morning')
    await button('Write a post with it').trigger('click')
    await flushPromises()
    expect(outbox.open('new').text).toBe('Good morning\n\nOwls\nhttps://example.org/')
    expect(router.currentRoute.value.name).toBe('home')
  })

  it('says when nothing came', async () => {
    const { wrapper } = await open('/share')
    expect(wrapper.find('blockquote').exists()).toBe(false)
    expect(wrapper.text()).toContain('Nothing was shared')
  })
})
