import { expect, it } from 'vitest'
import { byteCount } from './bytes'

it('says how large a file is', () => {
  expect(byteCount(0, 'en')).toBe('0 byte')
  expect(byteCount(48_213_374, 'en')).toBe('48.2 MB')
  expect(byteCount(2_500_000_000_000, 'en')).toBe('2,500 GB')
  expect(byteCount(1_500, 'pt-BR')).toBe('1,5 kB')
})
