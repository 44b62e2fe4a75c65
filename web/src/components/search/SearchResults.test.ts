import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it } from 'vitest'
import { fakeServer, json } from '@/testing/fakeServer'
import { render } from '@/testing/app'
import SearchResults from './SearchResults.vue'

const user = { id: 1, username: 'EmilRichter', avatar: null, bio: null, display_name: null }

async function open(people: unknown[]) {
  fakeServer(({ path }) => json(path.includes('type=user') ? people : []))
  const { wrapper } = render(SearchResults, {
    path: '/search/?q=emil&type=post&order=best',
    query: 'emil',
    people: false,
  })
  await flushPromises()
  return wrapper
}

describe('a search without results', () => {
  beforeEach(() => localStorage.clear())

  it('says that there are people, and leads to them', async () => {
    const wrapper = await open([user])
    expect(wrapper.text()).toContain('But people match “emil”.')
    expect(wrapper.find('a').attributes('href')).toBe('/search?q=emil&type=user')
  })

  it('says that there is nothing where there is nothing elsewhere either', async () => {
    const wrapper = await open([])
    expect(wrapper.text()).toContain('Nothing matches “emil”')
    expect(wrapper.find('a').exists()).toBe(false)
  })
})
