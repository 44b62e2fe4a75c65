// As the server knows them (Text/Unseen.cs): Unicode's Default_Ignorable_Code_Point, and what is drawn as nothing.
const blank = '\\u115F\\u1160\\u3164\\uFFA0\\u2800\\u{1D159}\\u200B'

/** For a regular expression: a character within a word that nobody sees. Those that part words as a space does are none. */
export const unseenInWord = `(?![${blank}])\\p{Default_Ignorable_Code_Point}`

/** For a regular expression: a character that nobody sees by itself. */
export const unseen = `[\\s\\p{Cc}\\p{Cf}\\p{Default_Ignorable_Code_Point}${blank}]`

const seen = new RegExp(unseen.replace('[', '[^'), 'u')
const inWords = new RegExp(unseenInWord, 'gu')

/** Whether there is anything to be seen in a text. */
export const isSeen = (text: string) => seen.test(text)

export const withoutUnseen = (word: string) => word.replace(inWords, '')
