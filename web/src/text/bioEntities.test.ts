import { expect, it } from 'vitest'
import { bioEntities } from './bioEntities'
import { toSegments } from './segments'

it('finds what a bio names', () => {
  const bio = '🌾 @ana and @Beto, #Café. See https://example.org/@x#y?z=1, mail a@example.org.'
  expect(
    toSegments(bio, bioEntities(bio)).filter((x) => x.entity).map(({ text, entity }) => [text, entity!.username ?? entity!.tag ?? entity!.url]),
  ).toEqual([
    ['@ana', 'ana'],
    ['@Beto', 'Beto'],
    ['#Café', 'café'],
    ['example.org/@x#y?z=1', 'https://example.org/@x#y?z=1'],
  ])
})
