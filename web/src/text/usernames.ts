// Letters of A to Z, digits and underscores, a letter first.
const letters = '[A-Za-z]\\w'

export const usernameMinLength = 2
export const usernameMaxLength = 30

const whole = new RegExp(`^${letters}{${usernameMinLength - 1},${usernameMaxLength - 1}}$`)
const mention = new RegExp(`(?<![\\p{L}\\p{N}_@/&])@(${letters}{${usernameMinLength - 1},${usernameMaxLength - 1}})(?!\\w|@\\w)`, 'gu')

export const isUsername = (text: string) => whole.test(text)

/** Whether a name may begin so. */
export const mayBeginUsername = (text: string) => new RegExp(`^${letters}*$`).test(text)

/** The names that a text mentions, each once, as they are written first. Whether anybody is called so the server knows. */
export function mentionsIn(text: string): string[] {
  const names = new Map<string, string>()
  for (const [, name] of text.matchAll(mention)) if (!names.has(name!.toLowerCase())) names.set(name!.toLowerCase(), name!)
  return [...names.values()]
}
