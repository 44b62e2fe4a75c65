import { expect, it } from 'vitest'
import { countCodePoints, passwordLength } from './codePoints'
import cases from './unseen.json'

it('counts as the server does: trimmed, composed, in code points', () => {
  expect(countCodePoints('  a\n')).toBe(1)
  expect(countCodePoints('👋🏽')).toBe(2)
  expect(countCodePoints('e\u0301')).toBe(1)
})

it('counts a password with its spaces, composed', () => {
  expect(passwordLength(' 😀e\u0301')).toBe(3)
})

it('counts nothing in a text of which nothing is seen', () => {
  for (const text of cases.unseen) expect([text, countCodePoints(text)]).toEqual([text, 0])
  for (const text of cases.seen) expect([text, countCodePoints(text)]).toEqual([text, Array.from(text).length])
})
