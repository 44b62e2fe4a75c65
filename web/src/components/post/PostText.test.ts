import { describe, expect, it, vi } from 'vitest'
import { render } from '@/testing/app'
import PostText from './PostText.vue'

describe('PostText', () => {
  it('links mentions, hashtags and addresses', () => {
    const { wrapper } = render(PostText, {
      text: 'Hi @ana, #Pampas https://example.org/a',
      entities: [
        { kind: 'mention', start: 3, length: 4, username: 'Ana' },
        { kind: 'hashtag', start: 9, length: 7, tag: 'pampas' },
        { kind: 'url', start: 17, length: 21, url: 'https://example.org/a' },
      ],
    })
    expect(wrapper.findAll('a').map((x) => [x.text(), x.attributes('href')])).toEqual([
      ['@ana', '/@Ana'],
      ['#Pampas', '/tag/pampas'],
      ['example.org/a', 'https://example.org/a'],
    ])
    expect(wrapper.findAll('a').at(-1)!.attributes('rel')).toBe('nofollow noopener noreferrer ugc')
  })

  it('shows markup as it was typed, and adds no space of its own', () => {
    const text = '<img src=x onerror=alert(1)>\n  two spaces'
    const { wrapper } = render(PostText, { text })
    expect(wrapper.element.textContent).toBe(text)
    expect(wrapper.find('img').exists()).toBe(false)
  })

  it('makes no link of an address that is not of the web', () => {
    const { wrapper } = render(PostText, {
      text: 'javascript:x',
      entities: [{ kind: 'url', start: 0, length: 12, url: 'javascript:x' }],
    })
    expect(wrapper.find('a').exists()).toBe(false)
  })

  it('folds by height, once that is known', async () => {
    let tell: (changes: { target: Element }[]) => void = () => {}
    vi.stubGlobal(
      'ResizeObserver',
      class {
        constructor(told: typeof tell) {
          tell = told
        }
        observe() {}
        disconnect() {}
      },
    )
    const { wrapper } = render(PostText, { text: 'word '.repeat(400), isFolded: true })
    const more = () => wrapper.find('button.more').exists()
    expect(more()).toBe(true)
    await wrapper.vm.$nextTick()
    const target = wrapper.get('.post-text').element as HTMLElement
    target.style.lineHeight = '20px'
    const measured = async (height: number) => {
      Object.defineProperty(target, 'scrollHeight', { value: height, configurable: true })
      tell([{ target }])
      await wrapper.vm.$nextTick()
    }
    await measured(16 * 20)
    expect(more()).toBe(false)
    expect(wrapper.get('.post-text').classes()).not.toContain('cut')
    await measured(17 * 20)
    expect(wrapper.get('.post-text').classes()).toContain('cut')
    await wrapper.get('button.more').trigger('click')
    expect(wrapper.get('.post-text').classes()).not.toContain('cut')
    expect(wrapper.get('button.more').text()).toBe('Show less')
  })

  it('measures no short text', () => {
    const observed = vi.fn()
    vi.stubGlobal('ResizeObserver', observed)
    render(PostText, { text: 'A few words', isFolded: true })
    expect(observed).not.toHaveBeenCalled()
  })
})
