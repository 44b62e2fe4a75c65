import { describe, expect, it } from 'vitest'
import { relativeTime } from './relativeTime'

const now = new Date('2026-11-21T12:00:00')
const before = (seconds: number) => relativeTime(new Date(now.getTime() - seconds * 1000), now, 'en')

describe('relativeTime', () => {
  it.each([
    [0, 'now'],
    [59, 'now'],
    [60, '1m ago'],
    [3_599, '59m ago'],
    [3_600, '1h ago'],
    [86_399, '23h ago'],
    [86_400, 'yesterday'],
    [6 * 86_400, '6d ago'],
    [8 * 86_400, 'Nov 13'],
    [400 * 86_400, 'Oct 17, 2025'],
  ])('%i seconds ago is "%s"', (seconds, text) => {
    expect(before(seconds)).toBe(text)
  })

  it('takes what seems to come from the future as new', () => {
    expect(before(-120)).toBe('now')
  })

  it('speaks the language of the reader', () => {
    expect(relativeTime(new Date(now.getTime() - 2 * 86_400_000), now, 'pt-BR')).toBe('anteontem')
  })
})
