import { describe, expect, it } from 'vitest'
import { appendShared, sharedText } from './shared'

describe('what another app shares', () => {
  it('is said once, whatever it is said in', () => {
    expect(sharedText({ title: 'Owls', text: 'Nine of them', url: 'https://example.org/owls' })).toBe('Owls\nNine of them\nhttps://example.org/owls')
    expect(sharedText({ title: 'Owls', text: 'Owls https://example.org/owls', url: 'https://example.org/owls' })).toBe('Owls https://example.org/owls')
    expect(sharedText({ title: 'Owls', text: ' Owls ' })).toBe('Owls')
    expect(sharedText({ title: null, text: ['a', 'b'], url: '' })).toBe('')
  })

  it('comes after what was begun, and once', () => {
    expect(appendShared('', 'Owls')).toBe('Owls')
    expect(appendShared('Look: ', 'Owls')).toBe('Look:\n\nOwls')
    expect(appendShared('Look:\n\nOwls', 'Owls')).toBe('Look:\n\nOwls')
    expect(appendShared('Mine', '')).toBe('Mine')
  })
})
