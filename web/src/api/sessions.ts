import { ApiError, NetworkError } from './errors'
import { request } from './client'
import type { AccessTokenAnswer, LoginSession } from './types'

// These calls carry the cookie instead of a token, so they pass by the client. Another site cannot send the header.
const ownPage = { 'X-Requested-With': 'pamps', Accept: 'application/json' }

/** @param otp A code of an authenticator app or a recovery code; asked for where the account has such. */
export const openSession = (username: string, password: string, otp?: string) =>
  call<AccessTokenAnswer>('/session/', {
    method: 'POST',
    headers: { ...ownPage, 'Content-Type': 'application/json' },
    body: JSON.stringify({ username, password, otp }),
  })

/** keepalive: the new cookie must arrive even when the page is left meanwhile, for the old one is used up. */
export const refreshSession = () =>
  call<AccessTokenAnswer>('/session/refresh/', { method: 'POST', headers: ownPage, keepalive: true })

export const closeSession = () =>
  call<void>('/session/', { method: 'DELETE', headers: ownPage, keepalive: true })

export const listSessions = () => request<LoginSession[]>('/user/me/sessions/')

export const endSession = (id: number) => request<void>(`/user/me/sessions/${id}/`, { method: 'DELETE' })

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
