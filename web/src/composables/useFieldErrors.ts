import { nextTick, reactive, ref, toValue, type MaybeRefOrGetter } from 'vue'
import { useI18n } from 'vue-i18n'
import { ApiError } from '@/api/errors'
import { duration } from '@/text/duration'
import { useErrorText } from './useErrorText'
import { useProblemText } from './useProblemText'

/**
 * What is wrong with the fields of a form, next to each, and with the form as a whole. The first wrong field gets the
 * focus. `fields` are named as the API names them.
 */
export function useFieldErrors<F extends string>(fields: readonly F[], form: MaybeRefOrGetter<HTMLElement | null | undefined>) {
  const { t, locale } = useI18n()
  const errorText = useErrorText()
  const { fieldText } = useProblemText()
  const errors = reactive(Object.fromEntries(fields.map((x) => [x, null]))) as Record<F, string | null>
  const formError = ref<string | null>(null)

  function clear(): void {
    for (const field of fields) errors[field] = null
    formError.value = null
  }

  /** Shows what the client itself found. True when there was nothing. */
  function check(found: Partial<Record<F, string | false>>): boolean {
    clear()
    for (const field of fields) errors[field] = (found[field] || null) as string | null
    const isGood = fields.every((x) => !errors[x])
    if (!isGood) void focusFirst()
    return isGood
  }

  /** Shows what the server refused; what belongs to no field is shown above them all. */
  function take(error: unknown): void {
    clear()
    if (error instanceof ApiError) {
      for (const field of fields) errors[field] = fieldText(error, field)
    }
    if (fields.some((x) => errors[x])) void focusFirst()
    else formError.value = waitText(error) ?? errorText(error)
  }

  function waitText(error: unknown): string | null {
    if (!(error instanceof ApiError) || error.status !== 429 || !error.retryAfter) return null
    return t('account.wait', { time: duration(error.retryAfter, locale.value) })
  }

  async function focusFirst(): Promise<void> {
    await nextTick()
    toValue(form)?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }

  return { errors, formError, clear, check, take }
}
