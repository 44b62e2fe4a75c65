import { describe, expect, it } from 'vitest'
import cases from './folding.json'
import { mayBeLong, seemsLong, splitStacks } from './folding'
import { toSegments } from './segments'

describe('folding', () => {
  it.each(cases.texts as { text: string; shown: string; more?: boolean }[])('shows $text as $shown', ({ text, shown, more }) => {
    const whole = toSegments(text).map((x) => x.text).join('')
    expect(seemsLong(whole)).toBe(more ?? false)
    // The browser cuts what is long, the server's words end where that does.
    expect(more ? whole.startsWith(shown.slice(0, -1)) : whole === shown).toBe(true)
  })

  it.each(cases.stacks)('keeps marks in their line: $text', ({ text, stacks }) => {
    const pieces = splitStacks(text)
    expect(pieces.filter((_, i) => i % 2)).toEqual(stacks)
    expect(pieces.join('')).toBe(text)
  })

  it('takes plain prose for short until it is measured, and measures no short one', () => {
    expect(seemsLong('word '.repeat(400))).toBe(true)
    expect(seemsLong('word '.repeat(100))).toBe(false)
    expect(mayBeLong('word '.repeat(100))).toBe(true)
    expect(mayBeLong('word '.repeat(50))).toBe(false)
  })
})
