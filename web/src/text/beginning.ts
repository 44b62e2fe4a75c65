const most = 60

/** The beginning of a text in one line, where the whole is too long. */
export function beginningOf(text: string): string {
  const characters = Array.from(text.slice(0, 4 * most).replace(/\s+/g, ' '))
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : characters.join('')
}
