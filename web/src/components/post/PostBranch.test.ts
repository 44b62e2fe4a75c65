import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it } from 'vitest'
import { aPost, render } from '@/testing/app'
import { fakeServer, json } from '@/testing/fakeServer'
import PostBranch from './PostBranch.vue'

describe('PostBranch', () => {
  beforeEach(() => localStorage.clear())

  it('reads the answers when they are wanted, and hides them again', async () => {
    const { requests } = fakeServer(() => json([aPost({ id: 5, parent_id: 4, text: 'An answer' })]))
    const { wrapper } = render(PostBranch, { post: aPost({ id: 4, replies_count: 2 }), level: 1 })
    const button = wrapper.get('button')
    expect([button.text(), button.attributes('aria-expanded')]).toEqual(['Show 2 replies', 'false'])
    expect(requests).toHaveLength(0)
    await button.trigger('click')
    await flushPromises()
    expect(requests.map((x) => x.path)).toEqual(['/post/4/replies/'])
    expect(wrapper.get('ul').attributes('aria-label')).toBe('Replies to @ana')
    expect(wrapper.text()).toContain('An answer')
    expect([button.text(), button.attributes('aria-expanded')]).toEqual(['Hide replies', 'true'])
    await button.trigger('click')
    expect(wrapper.text()).not.toContain('An answer')
  })

  it('leads to the post itself where there is no room for more', () => {
    const { wrapper } = render(PostBranch, { post: aPost({ id: 4, replies_count: 1 }), level: 3 })
    expect(wrapper.find('button').exists()).toBe(false)
    expect([wrapper.get('a').text(), wrapper.get('a').attributes('href')]).toEqual(['Show 1 reply', '/@ana/4'])
  })
})
