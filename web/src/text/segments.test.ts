import { describe, expect, it } from 'vitest'
import { shortAddress, toSegments } from './segments'
import { isPictureAddress, isWebAddress } from './webAddress'

describe('toSegments', () => {
  it('leaves a text without entities whole', () => {
    expect(toSegments('plain\ntext')).toEqual([{ text: 'plain\ntext', entity: null }])
  })

  it('counts code points, not UTF-16 units', () => {
    const mention = { kind: 'mention', start: 3, length: 4, username: 'ana' } as const
    expect(toSegments('👋🏽 @ana!', [mention])).toEqual([
      { text: '👋🏽 ', entity: null },
      { text: '@ana', entity: mention },
      { text: '!', entity: null },
    ])
  })

  it('keeps every character when entities touch, overlap or lie outside', () => {
    const text = '#a#b tail'
    const entities = [
      { kind: 'hashtag', start: 2, length: 2, tag: 'b' },
      { kind: 'hashtag', start: 0, length: 2, tag: 'a' },
      { kind: 'hashtag', start: 1, length: 3, tag: 'overlap' },
      { kind: 'hashtag', start: 5, length: 99, tag: 'outside' },
      { kind: 'hashtag', start: 6, length: 0, tag: 'nothing' },
    ] as const
    const segments = toSegments(text, [...entities])
    expect(segments.map((x) => x.text).join('')).toBe(text)
    expect(segments.map((x) => x.entity?.tag ?? null)).toEqual(['a', 'b', null])
  })
})

describe('addresses', () => {
  it('are shown without scheme, and short', () => {
    expect(shortAddress('https://www.example.org/')).toBe('example.org')
    const long = shortAddress(`https://example.org/${'a'.repeat(60)}`)
    expect(Array.from(long)).toHaveLength(40)
    expect(long.endsWith('…')).toBe(true)
  })

  it('are links only when they lead to the web', () => {
    expect(isWebAddress('https://example.org')).toBe(true)
    expect(isWebAddress('javascript:alert(1)')).toBe(false)
    expect(isWebAddress('https:example')).toBe(false)
    expect(isWebAddress('https://')).toBe(false)
  })

  it('are pictures only when they are of nobody\'s own network', () => {
    for (const address of ['https://example.org/a.png', 'HTTPS://a-b.example.org:443?x', 'https://xn--bcher-kva.example'])
      expect(isPictureAddress(address), address).toBe(true)
    const refused = ['http://example.org/a.png', 'https://192.168.1.1/', 'https://0x7f.1/', 'https://[::1]/', 'https://router/']
    const local = ['https://localhost/', 'https://nas.local/', 'https://a.INTERNAL', 'https://x.home.arpa/', 'https://example.org:8443/']
    const odd = ['https://a@example.org/', 'https://example.org./', 'https://127.0.0.1\\.example.org/', 'https://.example.org/']
    for (const address of [...refused, ...local, ...odd]) expect(isPictureAddress(address), address).toBe(false)
  })
})
