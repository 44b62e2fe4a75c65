import { beforeEach, describe, expect, it, vi } from 'vitest'

describe('the language as it is written where the reader is', () => {
  beforeEach(() => vi.resetModules())

  it.each([
    ['en', ['en-GB', 'en'], 'en-GB'],
    ['en', ['de-AT', 'en-GB'], 'en-GB'],
    ['en', ['de-DE', 'de'], 'en-DE'],
    ['en', ['de', 'en'], 'en'],
    ['pt-BR', ['pt-PT'], 'pt-PT'],
    ['pt-BR', ['en-US'], 'pt-US'],
    ['pt-BR', ['pt'], 'pt-BR'],
    ['en', ['zh-Hant-TW'], 'en-TW'],
  ])('%s of a browser with %j is %s', async (locale, languages, expected) => {
    vi.stubGlobal('navigator', { languages })
    const { regional } = await import('./formats')
    expect(regional(locale)).toBe(expected)
  })
})
