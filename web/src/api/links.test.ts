import { expect, it } from 'vitest'
import { pageLinks } from './links'

it('finds the pages in a Link header', () => {
  const header = '<https://pamps.test/post/?limit=5&before=9>; rel="next", </post/?after=12>; rel="prev"'
  expect(pageLinks(header)).toEqual({ next: '/post/?limit=5&before=9', prev: '/post/?after=12' })
})

it('finds none where there are none', () => {
  expect(pageLinks(null)).toEqual({ next: null, prev: null })
  expect(pageLinks('</x>; rel="preload"')).toEqual({ next: null, prev: null })
})
