import { describe, expect, it } from 'vitest'
import { pathAfterSignIn } from './returnPath'

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
