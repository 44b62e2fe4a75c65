import { afterEach, describe, expect, it } from 'vitest'
import type { Import } from '@/api/types'
import { render } from '@/testing/app'
import ImportItem from './ImportItem.vue'

const done: Import = {
  id: 1,
  kind: 'archive',
  state: 'done',
  created_at: '2026-10-30T11:05:18.122000+00:00',
  ended_at: '2026-10-30T11:06:18.122000+00:00',
  bytes: 1,
  done: 5,
  total: 5,
  error: null,
  report: {
    source: 'mastodon',
    made: 3,
    here: 1,
    pictures: 2,
    bookmarks: 4,
    left_out: [
      { reason: 'boost', count: 7, examples: [] },
      { reason: 'picture_too_many_pixels', count: 1, examples: [] },
      { reason: 'picture_picture_broken', count: 2, examples: [] },
      { reason: 'too_long', count: 1, examples: ['https://old.example/@ana/9'] },
    ],
  },
}

describe('what was brought', () => {
  afterEach(() => (document.body.innerHTML = ''))

  it('says what was made and what was left out, one line a reason', () => {
    const { wrapper } = render(ImportItem, { item: done, busy: false })
    const text = wrapper.text()
    expect(text).toContain('3 posts made, 1 were here before.')
    expect(text).toContain('4 bookmarks.')
    expect(text).toContain('Shared posts of others: 7')
    expect(text).toContain('Pictures and recordings: 3')
    expect(text).toContain('https://old.example/@ana/9')
    expect(wrapper.find('button').exists()).toBe(false)
  })

  it('shows how far it is, and can be stopped', async () => {
    const { wrapper } = render(ImportItem, { item: { ...done, state: 'running', ended_at: null, done: 2 }, busy: false })
    expect(wrapper.find('progress').attributes()).toMatchObject({ value: '2', max: '5' })
    await wrapper.find('button').trigger('click')
    expect(wrapper.emitted('cancel')).toHaveLength(1)
  })
})
