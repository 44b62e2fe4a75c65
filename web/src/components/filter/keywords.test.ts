import { describe, expect, it } from 'vitest'
import { keywordsOf, linesOf } from './keywords'

describe('keywordsOf', () => {
  it('takes a word or phrase a line, each once, and no empty ones', () => {
    expect(keywordsOf(' ballot \n\ntwo words\nballot\n', true)).toEqual([
      { keyword: 'ballot', whole_word: true },
      { keyword: 'two words', whole_word: true },
    ])
    expect(keywordsOf(' \n', true)).toEqual([])
  })

  it('leaves what was there before as it was', () => {
    const before = [{ keyword: 'ballot', whole_word: false }]
    expect(linesOf(before)).toBe('ballot')
    expect(keywordsOf('vote\nballot', true, before)).toEqual([
      { keyword: 'vote', whole_word: true },
      { keyword: 'ballot', whole_word: false },
    ])
  })
})
