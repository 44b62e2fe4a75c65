import { useI18n } from 'vue-i18n'
import type { ApiError } from '@/api/errors'

/**
 * What the server refused, in the reader's language. The section `problem` of the texts names each refusal by the code
 * that the server gives it (docs/problems.md); a code that is not there is told in the server's words.
 */
export function useProblemText() {
  const { t, te } = useI18n()

  /** Null when the code is not known. `named` are the numbers that the sentence names. */
  function textOf(code: string | undefined, named: object = {}): string | null {
    const key = `problem.${code}`
    return code && te(key) ? t(key as 'problem.required', { ...named }) : null
  }

  /** What is wrong with this field; null when nothing is. */
  function fieldText({ errors, codes, limits }: ApiError, field: string): string | null {
    return textOf(codes[field]?.[0], limits[field]) ?? errors[field]?.[0] ?? null
  }

  /** What is wrong as a whole, or with the first of its fields; null when the client does not know the code. */
  function knownText(error: ApiError): string | null {
    const field = Object.keys(error.codes)[0]
    return field === undefined ? textOf(error.code) : textOf(error.codes[field]?.[0], error.limits[field])
  }

  return { fieldText, knownText }
}
