import { ApiError, NetworkError } from './errors'
import { request } from './client'
import type { AccessTokenAnswer, LoginSession } from './types'

// These calls carry the cookie instead of a token, so they pass by the client. Another site cannot send the header.
const ownPage = { 'X-Requested-With': 'pamps', Accept: 'application/json' }

/** What is given beside the password where the account has a second factor: a code of an authenticator app, a recovery code, or a passkey. */
export type SecondFactorGiven = { otp?: string; passkey?: object }

export const openSession = (username: string, password: string, second: SecondFactorGiven = {}) =>
  open('/session/', { username, password, ...second })

/** The challenge is in a cookie: the last one that a browser has asked for is the one that is good. */
export const askForPasskey = () => call<{ options: unknown }>('/session/passkey/', { headers: ownPage })

export const openPasskeySession = (credential: object) => open('/session/passkey/', { credential })

/** keepalive: the new cookie must arrive even when the page is left meanwhile, for the old one is used up. */
export const refreshSession = () =>
  call<AccessTokenAnswer>('/session/refresh/', { method: 'POST', headers: ownPage, keepalive: true })

export const closeSession = () =>
  call<void>('/session/', { method: 'DELETE', headers: ownPage, keepalive: true })

export const listSessions = () => request<LoginSession[]>('/user/me/sessions/')

export const endSession = (id: number) => request<void>(`/user/me/sessions/${id}/`, { method: 'DELETE' })

const open = (path: string, body: object) =>
  call<AccessTokenAnswer>(path, {
    method: 'POST',
    headers: { ...ownPage, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })

async function call<T>(path: string, init: RequestInit): Promise<T> {
  let response: Response
  try {
    response = await fetch(path, { ...init, credentials: 'same-origin' })
  } catch (error) {
    throw new NetworkError(String(error))
  }
  if (!response.ok) throw await ApiError.from(response)
  return (response.status === 204 ? undefined : await response.json()) as T
}
