import { describe, expect, it } from 'vitest'

type Tree = { [key: string]: Tree | string }

const files = import.meta.glob<string>('./locales/**/*.json', { eager: true, query: '?raw', import: 'default' })
const read = (path: string) => JSON.parse(files[`./locales/${path}.json`]!) as Tree

function keys(tree: Tree, prefix = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [prefix + key] : keys(value, `${prefix}${key}.`),
  )
}

describe('the languages', () => {
  it.each([
    ['pt-BR', 'en'],
    ['pages/pt-BR', 'pages/en'],
  ])('%s has the keys of %s', (translation, original) => {
    expect(keys(read(translation)).sort()).toEqual(keys(read(original)).sort())
  })

  it('have no section both for all pages and for some', () => {
    const everywhere = Object.keys(read('en'))
    expect(Object.keys(read('pages/en')).filter((x) => everywhere.includes(x))).toEqual([])
  })
})
