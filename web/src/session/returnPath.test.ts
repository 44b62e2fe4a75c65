import { describe, expect, it } from 'vitest'
import { pathAfterSignIn, pathBack } from './returnPath'

const after = (next: unknown) => pathAfterSignIn({ query: { next: next as string } })

describe('pathAfterSignIn', () => {
  it.each(['/notifications', '/@ana/12', '/search?q=maté&type=user', '/settings#sessions'])('leads back to %s', (path) => {
    const url = new URL(path, location.origin)
    expect(after(path)).toBe(url.pathname + url.search + url.hash)
  })

  it.each([
    undefined,
    null,
    '',
    'home',
    ['/home', '/settings'],
    'https://evil.example/',
    'javascript:alert(1)',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/.//evil.example',
    '/x/..//evil.example',
    '\\\\evil.example',
    ' //evil.example',
  ])('goes home rather than to %j', (next) => {
    expect(after(next)).toBe('/home')
  })
})

describe('pathBack', () => {
  it('leads back to the same address, without asking for another sign-in there', () => {
    const back = (fullPath: string) => pathBack({ fullPath, query: Object.fromEntries(new URL(fullPath, location.origin).searchParams) })
    expect(back('/search?q=a%20b#c')).toBe('/search?q=a%20b#c')
    const [path, query] = back('/oauth/authorize?client_id=1&force_login=true&scope=read%20write&state=a%2Bb').split('?')
    expect(path).toBe('/oauth/authorize')
    expect(Object.fromEntries(new URLSearchParams(query))).toEqual({ client_id: '1', scope: 'read write', state: 'a+b' })
  })
})
