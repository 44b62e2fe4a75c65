import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeServer, json } from '@/testing/fakeServer'
import { useCompletion, wordBefore } from './useCompletion'

describe('wordBefore', () => {
  it.each([
    ['Hello @an', { sign: '@', prefix: 'an', start: 6, end: 9 }],
    ['#pam', { sign: '#', prefix: 'pam', start: 0, end: 4 }],
    ['(@an', { sign: '@', prefix: 'an', start: 1, end: 4 }],
    ['Olá ＠an', { sign: '@', prefix: 'an', start: 4, end: 7 }],
    ['＃pam', { sign: '#', prefix: 'pam', start: 0, end: 4 }],
    ['#São', { sign: '#', prefix: 'São', start: 0, end: 4 }],
  ])('finds what is typed in "%s"', (text, word) => {
    expect(wordBefore(text, text.length)).toEqual(word)
  })

  it.each(['Hello', 'ana@example', '@', 'https://example.org/#part', '@são', 'a #x '])('finds nothing in "%s"', (text) => {
    expect(wordBefore(text, text.length)).toBeNull()
  })
})

describe('useCompletion', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('asks after a pause and puts the chosen name in', async () => {
    const server = fakeServer(() => json([{ id: 1, username: 'ana', avatar: null, bio: null, display_name: null }]))
    const insert = vi.fn()
    const { look, handleKey, suggestions } = useCompletion(insert)
    look('Hi @a', 5)
    look('Hi @an', 6)
    await vi.advanceTimersByTimeAsync(200)
    expect(server.requests.map((x) => x.path)).toEqual(['/search/?type=user&order=best&q=an*&limit=6'])
    expect(suggestions.value.map((x) => x.text)).toEqual(['@ana'])

    expect(handleKey(new KeyboardEvent('keydown', { key: 'Enter' }))).toBe(true)
    expect(insert).toHaveBeenCalledWith('Hi @ana ', 8)
    expect(handleKey(new KeyboardEvent('keydown', { key: 'Enter' }))).toBe(false)
  })
})
