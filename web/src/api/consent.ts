import { request } from './client'
import type { Consent, ConsentGiven } from './types'

/** What a program's request says (RFC 6749 section 4.1.1), as it stands in the address. */
export type ConsentQuestion = Record<string, string>

export const readConsent = (question: ConsentQuestion) => request<Consent>('/oauth/consent/', { query: question })

/** Allows it, or does not, and learns where to go on. */
export const giveConsent = (question: ConsentQuestion, allow: boolean) =>
  request<ConsentGiven>('/oauth/consent/', { method: 'POST', json: { ...question, allow } })
