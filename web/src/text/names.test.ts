import { describe, expect, it } from 'vitest'
import { fullNameOf, nameOf } from './names'

describe('names', () => {
  it('are what people call themselves, or else their user name', () => {
    expect(nameOf({ username: 'ana', display_name: 'Ana María' })).toBe('Ana María')
    expect(nameOf({ username: 'ana', display_name: null })).toBe('ana')
  })

  it('have the user name with them where others may be called the same', () => {
    expect(fullNameOf({ username: 'ana', display_name: 'Ana María' })).toBe('Ana María (@ana)')
    expect(fullNameOf({ username: 'ana', display_name: null })).toBe('@ana')
  })
})
