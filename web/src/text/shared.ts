/** What another app shares, as the text of a post: its parts in lines, each said once. */
export function sharedText(parts: { title?: unknown; text?: unknown; url?: unknown }): string {
  const words = [parts.title, parts.text, parts.url].filter((x) => typeof x === 'string').map((x) => x.trim())
  // Some say the address in the text, or the title in both.
  return words.filter((x, i) => x && !words.some((y, j) => i !== j && y.includes(x) && (y !== x || j < i))).join('\n')
}

/** What was begun stays, and is followed by what is shared, unless that is in it already. */
export function appendShared(draft: string, shared: string): string {
  if (!shared || draft.includes(shared)) return draft
  return draft.trim() ? `${draft.trimEnd()}\n\n${shared}` : shared
}
