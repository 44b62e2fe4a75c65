import { request } from './client'
import type { GivenInvitation, Invitation } from './types'

export const listInvitations = () => request<Invitation[]>('/invitation/?limit=100')

export const makeInvitation = (uses: number, days: number) =>
  request<Invitation>('/invitation/', { method: 'POST', json: { uses, days } })

export const endInvitation = (id: number) => request<void>(`/invitation/${id}/`, { method: 'DELETE' })

/** Who invites; refused when the invitation is good for nothing any more. */
export const readInvitation = (code: string) =>
  request<GivenInvitation>('/invitation/given/', { authenticate: false, headers: { 'Pamps-Invitation': code } })
