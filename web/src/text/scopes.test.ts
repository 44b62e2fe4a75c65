import type { ComposerTranslation } from 'vue-i18n'
import { describe, expect, it } from 'vitest'
import en from '@/i18n/locales/pages/en.json?raw'
import { describeScopes } from './scopes'

const all =
  'read write follow push profile read:accounts read:blocks read:bookmarks read:favourites read:filters read:follows read:lists read:mutes read:notifications read:search read:statuses write:accounts write:blocks write:bookmarks write:conversations write:favourites write:filters write:follows write:lists write:media write:mutes write:notifications write:reports write:statuses'

const texts = JSON.parse(en) as Record<string, unknown>
const t = ((key: string, named?: { what: string }) => {
  const text = key.split('.').reduce<unknown>((tree, x) => (tree as Record<string, unknown>)[x], texts)
  if (typeof text !== 'string') throw new Error(`There is no ${key}.`)
  return text.replace('{what}', named?.what ?? '')
}) as unknown as ComposerTranslation

describe('what programs may, in words', () => {
  it('leaves out what a broader one covers', () => {
    expect(describeScopes(['read', 'read:lists', 'write:statuses'], t)).toEqual([
      'see what you see: posts, direct ones too, notifications, lists of people',
      'change posts, direct ones too',
    ])
  })

  it('has words for all that the server knows', () => {
    for (const scope of all.split(' ')) expect(describeScopes([scope], t)).toHaveLength(1)
  })
})
