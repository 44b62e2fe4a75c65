const known = new Map<string, string>()

/**
 * The language of the page as it is written where the reader is: English in Britain has other dates than in America. Of the
 * browser's languages the first of the same language, or else of any region, tells.
 */
export function regional(locale: string): string {
  if (!known.has(locale)) known.set(locale, find(locale))
  return known.get(locale)!
}

function find(locale: string): string {
  const language = (tag: string) => tag.split('-')[0]!.toLowerCase()
  const same = navigator.languages.find((x) => language(x) === language(locale))
  if (same?.includes('-')) return same
  const region = navigator.languages.map((x) => /-([A-Z]{2})\b/.exec(x)?.[1]).find((x) => x !== undefined)
  return region ? `${language(locale)}-${region}` : locale
}

const formats = new Map<string, unknown>()

/** The format under this key, made once: that takes far longer than using it, and a page has many times on it. */
export function kept<T>(key: string, make: () => T): T {
  if (!formats.has(key)) formats.set(key, make())
  return formats.get(key) as T
}
