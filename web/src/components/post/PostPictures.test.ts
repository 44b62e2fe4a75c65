import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Picture } from '@/api/types'
import { render } from '@/testing/app'

const picture = (id: number): Picture => ({
  id,
  kind: 'image',
  url: `/media/files/${id}.jpg`,
  preview_url: `/media/files/${id}.webp`,
  width: 800,
  height: 600,
  blurhash: 'LEHV6nWB2yk8pyo0adR*.7kCMdnj',
  description: `Picture ${id}`,
  focus: { x: 0, y: 0 },
  duration: null,
})

/** What is chosen is read when the client starts. */
async function draw(pictures: Picture[], sensitive = false) {
  vi.resetModules()
  const { default: PostPictures } = await import('./PostPictures.vue')
  return render(PostPictures, { pictures, sensitive }).wrapper
}

describe('PostPictures', () => {
  beforeEach(() => localStorage.clear())

  it('shows pictures, and lets the browser choose how sharp they are to be', async () => {
    const wrapper = await draw([picture(1)])
    expect(wrapper.get('img').attributes()).toMatchObject({ src: '/media/files/1.webp', srcset: '/media/files/1.webp 554w, /media/files/1.jpg 800w' })
    expect(wrapper.get('img').attributes('sizes')).toContain('32rem')
  })

  it('lets them wait for who saves data, and shows one by a tap, not sharper', async () => {
    localStorage.setItem('pamps-save-data', 'true')
    const wrapper = await draw([picture(1), picture(2)])
    expect(wrapper.find('img').exists()).toBe(false)
    expect(wrapper.html()).not.toContain('.webp')
    expect(wrapper.findAll('a').map((x) => x.text())).toEqual(['Picture 1Show the picture', 'Picture 2Show the picture'])
    await wrapper.findAll('a')[1]!.trigger('click')
    expect(wrapper.findAll('img').map((x) => x.attributes('src'))).toEqual(['/media/files/2.webp'])
    expect(wrapper.get('img').attributes('srcset')).toBeUndefined()
  })

  it('covers what is sensitive until somebody wants to see it, unless they always do', async () => {
    const covered = await draw([picture(1), { ...picture(2), kind: 'video' }], true)
    expect(covered.find('img, video').exists()).toBe(false)
    expect(covered.html()).not.toContain('/media/files/')
    await covered.get('button').trigger('click')
    expect(covered.find('img').exists() && covered.find('video').exists()).toBe(true)
    localStorage.setItem('pamps-show-sensitive', 'true')
    expect((await draw([picture(1)], true)).find('img').exists()).toBe(true)
  })

  it('shows what is played beside pictures, which loads nothing before somebody asks for it', async () => {
    const played = (id: number, kind: string, description: string | null) => ({ ...picture(id), kind, description, duration: 3.5 })
    const wrapper = await draw([picture(1), played(2, 'video', 'A gull flies'), played(3, 'audio', null)])
    expect(wrapper.findAll('a')).toHaveLength(1)
    expect(wrapper.get('video').attributes()).toMatchObject({ controls: '', preload: 'none', poster: '/media/files/2.webp', width: '800', height: '600', 'aria-label': 'A gull flies' })
    expect(wrapper.get('video').attributes('autoplay')).toBeUndefined()
    expect(wrapper.get('audio').attributes()).toMatchObject({ controls: '', preload: 'none', 'aria-label': 'Audio without a description' })
  })

  it.each([
    [true, null, false],
    [true, 'false', true],
    [false, null, true],
  ])('does as the browser says (%s), unless something was chosen here (%s)', async (saveData, chosen, shown) => {
    vi.stubGlobal('navigator', { userAgent: navigator.userAgent, languages: ['en'], connection: { saveData } })
    if (chosen) localStorage.setItem('pamps-save-data', chosen)
    const wrapper = await draw([picture(1)])
    expect(wrapper.find('img').exists()).toBe(shown)
  })
})
