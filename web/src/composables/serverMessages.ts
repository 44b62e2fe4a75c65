/** The server answers in English. The refusals that people meet are also known here, to be told in their language. */
const known = {
  'This user name is reserved.': 'field.usernameReserved',
  'This password is one of the most common ones, which are tried first.': 'field.passwordCommon',
  'The current password is not right.': 'field.passwordWrong',
  'This site can only be read at the moment. Try again later.': 'error.readOnly',
  'There is no word in it to look for.': 'search.wordless',
} as const

export function serverMessageKey(message: string) {
  return message in known ? known[message as keyof typeof known] : null
}
