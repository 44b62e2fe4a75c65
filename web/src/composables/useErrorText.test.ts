import { describe, expect, it } from 'vitest'
import { ApiError, NetworkError } from '@/api/errors'
import type { Problem } from '@/api/types'
import { withSetup } from '@/testing/app'
import { useErrorText } from './useErrorText'

const errorText = (error: unknown) => withSetup(useErrorText).result(error)
const refusal = (status: number, problem: Partial<Problem>, retryAfter?: number) =>
  new ApiError(status, problem.detail ?? '', problem as Problem, retryAfter)

describe('useErrorText', () => {
  it('tells a refusal by its code, whatever the sentence', () => {
    const error = refusal(503, { code: 'read_only', detail: 'Kopie läuft' })
    expect(errorText(error)).toBe('This site can only be read at the moment. Try again later.')
  })

  it('tells the first field by its code, with the numbers that it names', () => {
    const error = refusal(422, {
      code: 'invalid',
      errors: { q: ['A search has at most 200 characters.'] },
      codes: { q: ['too_long'] },
      limits: { q: { most: 200 } },
    })
    expect(errorText(error)).toBe('At most 200 characters.')
  })

  it("uses the server's words where it does not know the code", () => {
    const error = refusal(422, { code: 'invalid', errors: { text: ['No purple.'] }, codes: { text: ['too_purple'] } })
    expect(errorText(error)).toBe('No purple.')
    expect(errorText(refusal(403, { code: 'unheard_of', detail: 'Not today' }))).toBe('Not today')
    expect(errorText(refusal(404, { detail: 'Gone' }))).toBe('Gone')
  })

  it('says when to come again where the server does', () => {
    const problem = { code: 'too_many_posts', detail: 'x' }
    expect(errorText(refusal(429, problem, 36))).toBe('That was a lot in a short time. Try again in 36 seconds.')
    expect(errorText(refusal(429, problem, 216))).toContain('in 4 minutes.')
  })

  it('tells what has no answer, or no words, by what it is', () => {
    expect(errorText(new NetworkError())).toContain('cannot be reached')
    expect(errorText(refusal(500, { code: 'fault', detail: 'x' }))).toContain('wrong on the server')
    expect(errorText(refusal(429, { code: 'too_fast', detail: 'x' }))).toContain('a bit fast')
    expect(errorText(new Error('x'))).toBe('Something went wrong. Try again.')
  })
})
