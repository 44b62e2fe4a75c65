import { describe, expect, it } from 'vitest'
import cases from './unseen.json'
import { isUsername, mayBeginUsername, mentionsIn } from './usernames'

describe('user names', () => {
  it.each(['ab', 'Ana', 'a_1', 'a'.repeat(30)])('may be %s', (name) => expect(isUsername(name)).toBe(true))
  it.each(['a', '1ab', '_ab', 'joão', 'a b', 'a'.repeat(31), ''])('may not be %j', (name) => expect(isUsername(name)).toBe(false))

  it('begin with a letter', () => {
    expect(mayBeginUsername('a')).toBe(true)
    expect(mayBeginUsername('an_a9')).toBe(true)
    expect(mayBeginUsername('9a')).toBe(false)
    expect(mayBeginUsername('jo\u00e3')).toBe(false)
  })

  it('are found in a text, each once, as mentions', () => {
    expect(mentionsIn('@ana, and (@beto_2)! Again @ANA.')).toEqual(['ana', 'beto_2'])
    expect(mentionsIn('mail ana@example.org, @x, @ana@other.example, https://example.org/@caio')).toEqual([])
  })

  it('are found where the server finds them', () => {
    for (const { text, mentions } of cases.names) expect([text, mentionsIn(text)]).toEqual([text, mentions])
  })
})
