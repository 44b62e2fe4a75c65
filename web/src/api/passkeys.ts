import { request } from './client'
import type { NewPasskey, Passkey } from './types'

const path = '/user/me/passkeys/'

export const listPasskeys = () => request<Passkey[]>(path)

/** @param code A code of the second factor, where signing in takes one. */
export const beginPasskey = (password: string, code?: string) =>
  request<NewPasskey>(`${path}options/`, { method: 'POST', json: { password, code } })

export const addPasskey = (name: string, state: string, credential: object) =>
  request<Passkey>(path, { method: 'POST', json: { name, state, credential } })

export const renamePasskey = (id: number, name: string) =>
  request<Passkey>(`${path}${id}/`, { method: 'PATCH', json: { name } })

export const removePasskey = (id: number, password: string) =>
  request<void>(`${path}${id}/`, { method: 'DELETE', json: { password } })
