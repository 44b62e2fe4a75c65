import { unseenInWord, withoutUnseen } from './unseen'

// Letters of A to Z, digits and underscores, a letter first.
const letters = '[A-Za-z]\\w'

export const usernameMinLength = 2
export const usernameMaxLength = 30

const whole = new RegExp(`^${letters}{${usernameMinLength - 1},${usernameMaxLength - 1}}$`)

// As the server finds them (Text/FindEntities.cs); unseen.json holds what both must agree on.
const unseen = `(?:${unseenInWord})*`
const mark = '(?!\\p{Default_Ignorable_Code_Point})[\\p{Mn}\\p{Mc}]'
const word = '(?!\\p{Default_Ignorable_Code_Point})[\\p{L}\\p{Mn}\\p{Mc}\\p{Nd}_]'
const latin = '(?=\\p{L})[\\u00C0-\\u024F\\u1E00-\\u1EFF]'
const name = `[A-Za-z](?:${unseen}\\w){${usernameMinLength - 1},${usernameMaxLength - 1}}`
/** A name that is mentioned, with its sign; the name is its first group. */
export const mention = new RegExp(
  `(?<!(?:${word}|[@＠/=&])${unseen})[@＠](${name})(?!${unseen}(?:\\w|${mark}|${latin}|[@＠](?:${word})|://))`,
  'gu',
)

export const isUsername = (text: string) => whole.test(text)

/** Whether a name may begin so. */
export const mayBeginUsername = (text: string) => new RegExp(`^${letters}*$`).test(text)

/** The names that a text mentions, each once, as they are written first. Whether anybody is called so the server knows. */
export function mentionsIn(text: string): string[] {
  const names = new Map<string, string>()
  for (const [, written] of text.matchAll(mention)) {
    const name = withoutUnseen(written!)
    if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name)
  }
  return [...names.values()]
}
