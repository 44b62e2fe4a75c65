import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Post } from '@/api/types'
import { usePostStore } from '@/stores/posts'
import { aPost, render, signedInAs } from '@/testing/app'
import { fakeServer, json, problem } from '@/testing/fakeServer'
import PostCard from './PostCard.vue'

describe('PostCard', () => {
  beforeEach(() => {
    localStorage.clear()
    fakeServer(() => json({ access_token: 'token', token_type: 'bearer', expires_in: 1800 }))
  })

  it('names its author, how it begins, its time and what can be done', () => {
    const { wrapper } = render(PostCard, { post: aPost({ likes_count: 1, replies_count: 2, edited_at: '2026-10-31T11:05:02Z' }) })
    const article = wrapper.get('article')
    expect(article.attributes('aria-label')).toBe('ana: “Good morning, Pamps!”')
    expect(wrapper.get('time').attributes('datetime')).toBe('2026-10-30T11:05:02.417Z')
    expect(wrapper.text()).toContain('edited')
    expect(wrapper.findAll('button').map((x) => x.attributes('aria-label'))).toEqual([
      'Reply, 2 replies',
      'Like, 1 like',
      'Copy or share the link',
    ])
  })

  it('calls its author as they call themselves, with the user name beside it', () => {
    const { wrapper } = render(PostCard, { post: aPost({ display_name: 'Ana María' }) })
    expect(wrapper.get('article').attributes('aria-label')).toBe('Ana María: “Good morning, Pamps!”')
    expect(wrapper.get('header .name').text()).toBe('Ana María')
    expect(wrapper.get('header .handle').text()).toBe('@ana')
    expect(render(PostCard, { post: aPost() }).wrapper.find('.handle').exists()).toBe(false)
  })

  it('has a menu only for those who are signed in', async () => {
    const { wrapper } = render(PostCard, { post: aPost() })
    await vi.dynamicImportSettled()
    expect(wrapper.find('.post-menu-trigger').exists()).toBe(false)
    signedInAs('beto')
    const signedIn = render(PostCard, { post: aPost() })
    await vi.dynamicImportSettled()
    expect(signedIn.wrapper.find('.post-menu-trigger').exists()).toBe(true)
  })

  it('is folded by a filter until somebody wants to see it, and in the lists alone that it is for', async () => {
    signedInAs('beto')
    const filtered = [{ id: 1, title: 'Elections', filter_action: 'warn', keyword_matches: ['ballot'] }]
    const { wrapper } = render(PostCard, { post: aPost({ filtered }) })
    expect(wrapper.get('article').attributes('aria-label')).toBe('ana: “Filtered: Elections”')
    expect(wrapper.get('.folded').text()).toContain('Filtered: Elections')
    expect(wrapper.text()).not.toContain('Good morning')
    await wrapper.get('.folded button').trigger('click')
    expect(wrapper.find('.folded').exists()).toBe(false)
    expect(wrapper.text()).toContain('Good morning')

    const store = usePostStore()
    store.remember(aPost({ id: 7, filtered }), '/post/')
    store.remember(aPost({ id: 7 }), 'home')
    expect(store.foldedBy(store.find(7)!, 'home')).toBeUndefined()
    expect(store.foldedBy(store.find(7)!, '/post/')?.title).toBe('Elections')
    store.remember(aPost({ id: 7 }), '/post/')
    expect(store.foldedBy(store.find(7)!, '/post/')).toBeUndefined()
  })

  it('says who sees it when that is not everybody', async () => {
    const sign = (post: object) => render(PostCard, { post: aPost(post) }).wrapper.find('.post-sign')
    expect(sign({}).exists()).toBe(false)
    expect(sign({ visibility: 'followers' }).attributes('aria-label')).toBe('For followers only')
    const { wrapper } = render(PostCard, { post: aPost({ visibility: 'unlisted' }), part: 'focus' })
    expect(wrapper.get('.facts .post-sign').text()).toBe('Unlisted')
  })

  it('says to whom a direct post goes', async () => {
    signedInAs('beto')
    const entities = ['Beto', 'caio', 'Beto'].map((username) => ({ kind: 'mention', start: 0, length: 5, username }))
    const { wrapper } = render(PostCard, { post: aPost({ visibility: 'direct', entities: entities as Post['entities'] }) })
    await vi.dynamicImportSettled()
    expect(wrapper.get('.post-audience').text()).toBe('To you and @caio')
  })

  it('says whom it answers when that post is known', () => {
    const { wrapper } = render(PostCard, { post: aPost({ id: 2, parent_id: 1 }) })
    expect(wrapper.text()).toContain('A reply')
    const told = render(PostCard, { post: aPost({ id: 2, parent_id: 1, parent_username: 'caio' }) })
    expect(told.wrapper.get('.context a').attributes('href')).toBe('/@caio/1')
    for (const part of ['ancestor', 'answer', 'focus']) {
      const { wrapper: other } = render(PostCard, { post: aPost({ id: 2, parent_id: 1, parent_username: 'caio' }), part })
      expect(other.get('.context').text()).toBe('In reply to @caio')
    }
    expect(told.wrapper.text()).toContain('In reply to @caio')
    usePostStore().remember(aPost({ id: 1, username: 'beto' }))
    const known = render(PostCard, { post: aPost({ id: 2, parent_id: 1 }) })
    usePostStore().remember(aPost({ id: 1, username: 'beto' }))
    return flushPromises().then(() => expect(known.wrapper.text()).toContain('In reply to @beto'))
  })

  it('opens with Enter and asks for a reply with r', async () => {
    const { wrapper, router } = render(PostCard, { post: aPost({ id: 42 }) })
    await wrapper.get('article').trigger('keydown', { key: 'r' })
    expect(wrapper.emitted('reply')?.[0]).toEqual([aPost({ id: 42 })])
    await wrapper.get('article').trigger('keydown', { key: 'Enter' })
    await flushPromises()
    expect(router.currentRoute.value.path).toBe('/@ana/42')
  })

  it('leads on within the client, but leaves new tabs to the browser', async () => {
    const { wrapper, router } = render(PostCard, { post: aPost({ id: 42 }) })
    const time = wrapper.get('a.when')
    const opened = new MouseEvent('click', { ctrlKey: true, bubbles: true, cancelable: true })
    time.element.dispatchEvent(opened)
    await flushPromises()
    expect(opened.defaultPrevented).toBe(false)
    expect(router.currentRoute.value.path).toBe('/')
    await time.trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.path).toBe('/@ana/42')
  })

  it('is bookmarked at once by a press or a key, and is not where that failed', async () => {
    signedInAs('beto')
    let fails = false
    const server = fakeServer(({ path }) =>
      !path.endsWith('/bookmark/')
        ? json({ access_token: 'token', token_type: 'bearer', expires_in: 1800 })
        : fails ? problem(404, 'Post not found') : json({}, 201),
    )
    const { wrapper } = render(PostCard, { post: aPost({ id: 8 }) })
    const store = usePostStore()
    store.remember(aPost({ id: 8 }))
    const post = store.find(8)!
    await wrapper.setProps({ post })
    const button = wrapper.get('.bookmark')
    const asked = () => server.requests.filter((x) => x.path.endsWith('/bookmark/')).map((x) => `${x.method} ${x.path}`)
    const sent = async (count: number) => {
      await vi.waitFor(() => expect(asked()).toHaveLength(count))
      await flushPromises()
    }
    expect(button.attributes()).toMatchObject({ 'aria-label': 'Bookmark', 'aria-pressed': 'false' })
    await button.trigger('click')
    expect(button.attributes('aria-pressed')).toBe('true')
    await sent(1)
    // What the stream sends does not know of it; what the server answers does.
    store.remember(aPost({ id: 8, liked: null, text: 'Edited' }))
    expect(post.bookmarked).toBe(true)
    await wrapper.get('article').trigger('keydown', { key: 'b' })
    expect(button.attributes('aria-pressed')).toBe('false')
    await sent(2)
    store.remember(aPost({ id: 8, bookmarked: true }))
    expect(post.bookmarked).toBe(true)
    store.remember(aPost({ id: 8 }))
    expect(post.bookmarked).not.toBe(true)
    fails = true
    await button.trigger('click')
    expect(button.attributes('aria-pressed')).toBe('true')
    await vi.waitFor(() => expect(button.attributes('aria-pressed')).toBe('false'))
    expect(asked()).toEqual(['POST /post/8/bookmark/', 'DELETE /post/8/bookmark/', 'POST /post/8/bookmark/'])
  })

  it('leads somebody who is not signed in from the like to the sign-in page', async () => {
    const { wrapper, router } = render(PostCard, { post: aPost() })
    await wrapper.get('[aria-pressed]').trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.name).toBe('sign-in')
  })
})
