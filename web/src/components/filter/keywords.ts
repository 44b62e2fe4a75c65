export interface Keyword {
  keyword: string
  whole_word: boolean
}

/** Words as they are typed, one a line. */
export const linesOf = (keywords: readonly Keyword[]) => keywords.map((x) => x.keyword).join('\n')

/** What was typed, each line a word or phrase; those that were there before stay as they were. */
export function keywordsOf(lines: string, whole: boolean, before: readonly Keyword[] = []): Keyword[] {
  const known = new Map(before.map((x) => [x.keyword, x.whole_word]))
  const words = new Set(lines.split('\n').map((x) => x.trim()).filter((x) => x !== ''))
  return [...words].map((keyword) => ({ keyword, whole_word: known.get(keyword) ?? whole }))
}
