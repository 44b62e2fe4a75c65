import { request } from './client'
import type { NewSecondFactor, RecoveryCodes, SecondFactor } from './types'

const path = '/user/me/second-factor/'

export const readSecondFactor = () => request<SecondFactor>(path)

/** Nothing asks for codes before one was confirmed. */
export const beginSecondFactor = (password: string) =>
  request<NewSecondFactor>(path, { method: 'POST', json: { password } })

export const confirmSecondFactor = (code: string) =>
  request<RecoveryCodes>(`${path}confirm/`, { method: 'POST', json: { code } })

export const renewRecoveryCodes = (password: string, code: string) =>
  request<RecoveryCodes>(`${path}recovery-codes/`, { method: 'POST', json: { password, code } })

export const removeSecondFactor = (password: string, code: string) =>
  request<void>(path, { method: 'DELETE', json: { password, code } })
