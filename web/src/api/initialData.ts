// The server may put answers to a page's first requests into the page itself, to save the round trip.

let answers: Record<string, unknown> | null | undefined

/** The answer that came with the page for this path, once. */
export function takeInitial<T>(path: string): T | undefined {
  answers ??= read()
  const answer = answers[path] as T | undefined
  delete answers[path]
  return answer
}

/** Forgets what was not taken; called once the visitor moves on, since it grows old. */
export function dropInitial(): void {
  answers = {}
}

function read(): Record<string, unknown> {
  const element = document.getElementById('pamps-initial')
  element?.remove()
  try {
    return JSON.parse(element?.textContent ?? '{}') as Record<string, unknown>
  } catch {
    return {}
  }
}
