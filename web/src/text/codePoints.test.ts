import { expect, it } from 'vitest'
import { countCodePoints } from './codePoints'

it('counts as the server does: trimmed, composed, in code points', () => {
  expect(countCodePoints('  a\n')).toBe(1)
  expect(countCodePoints('👋🏽')).toBe(2)
  expect(countCodePoints('e\u0301')).toBe(1)
})
