import { describe, expect, it } from 'vitest'
import cases from './folding.json'
import { splitStacks } from './folding'
import { foldSegments, toSegments } from './segments'

describe('folding', () => {
  it.each(cases.texts as { text: string; shown: string; more?: boolean }[])('shows $text as $shown', ({ text, shown, more }) => {
    const whole = toSegments(text)
    const folded = foldSegments(whole)
    expect((folded ?? whole).map((x) => x.text).join('')).toBe(shown)
    expect(folded !== null).toBe(more ?? false)
  })

  it.each(cases.stacks)('keeps marks in their line: $text', ({ text, stacks }) => {
    const pieces = splitStacks(text)
    expect(pieces.filter((_, i) => i % 2)).toEqual(stacks)
    expect(pieces.join('')).toBe(text)
  })

  it('cuts a post of many words to less than it has, at a line of a phone', () => {
    const text = 'word '.repeat(400)
    const shown = foldSegments(toSegments(text))!.map((x) => x.text).join('')
    expect(Array.from(shown).length).toBeLessThanOrEqual(12 * 45 + 1)
    expect(text.startsWith(shown.slice(0, -1))).toBe(true)
    expect(foldSegments(toSegments('word '.repeat(100)))).toBeNull()
  })
})
