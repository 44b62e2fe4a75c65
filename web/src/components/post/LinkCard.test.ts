import { describe, expect, it } from 'vitest'
import type { LinkCard as Card } from '@/api/types'
import { chooseSensitive } from '@/composables/useSensitive'
import { aPost, render } from '@/testing/app'
import LinkCard from './LinkCard.vue'
import PostCard from './PostCard.vue'

const picture = { url: '/media/files/a.webp', width: 662, height: 347, blurhash: 'LEHV6nWB2yk8pyo0adR*.7kCMdnj' }

function aCard(change: Partial<Card> = {}): Card {
  return {
    url: 'https://www.example.org/gulls?a=1',
    title: '<b>Gulls</b>',
    description: 'Where they nest.',
    site_name: 'The coast',
    author: null,
    picture,
    ...change,
  }
}

describe('LinkCard', () => {
  it('is one link whose words are text, and says where it leads', () => {
    const { wrapper } = render(LinkCard, { card: aCard() })
    const link = wrapper.get('a')
    expect(link.attributes()).toMatchObject({
      href: 'https://www.example.org/gulls?a=1',
      rel: 'nofollow noopener noreferrer ugc',
      target: '_blank',
    })
    expect(wrapper.findAll('.words > span').map((x) => x.text())).toEqual(['The coast · example.org', '<b>Gulls</b>', 'Where they nest.'])
    expect(wrapper.get('img').attributes('src')).toBe(picture.url)
    expect(wrapper.get<HTMLElement>('.picture').element.style.background).toContain('#')
  })

  it('has the picture above, beside or not at all', () => {
    const shape = (change: Partial<Card>) => render(LinkCard, { card: aCard(change) }).wrapper.get('a').classes()
    expect(shape({})).toContain('above')
    expect(shape({ picture: { ...picture, width: 300, height: 300 } })).toContain('beside')
    expect(shape({ picture: null })).toContain('bare')
  })

  it('names the host alone where the site has no name, or that one', () => {
    const site = (change: Partial<Card>) => render(LinkCard, { card: aCard(change) }).wrapper.get('.site').text()
    expect(site({ site_name: null })).toBe('example.org')
    expect(site({ site_name: 'example.org' })).toBe('example.org')
    expect(site({ url: 'http://127.0.0.1:81/', site_name: 'Bank' })).toBe('Bank · 127.0.0.1:81')
  })

  it('is shown by a post that has no pictures of its own', () => {
    const media = [{ ...picture, id: 1, kind: 'image', preview_url: picture.url, description: null, focus: { x: 0, y: 0 } }]
    const post = (change: object) => render(PostCard, { post: aPost({ card: aCard(), ...change }) }).wrapper
    expect(post({}).find('.link-card').exists()).toBe(true)
    expect(post({ media }).find('.link-card').exists()).toBe(false)
  })

  it('has no picture at a sensitive post, unless the reader always sees them', () => {
    const pictureOf = () => render(PostCard, { post: aPost({ sensitive: true, card: aCard() }) }).wrapper.find('.link-card img').exists()
    expect(pictureOf()).toBe(false)
    chooseSensitive(true)
    expect(pictureOf()).toBe(true)
    chooseSensitive(false)
  })
})
