import { request } from './client'
import { ApiError } from './errors'
import type { GivenInvitation, Invitation } from './types'

export const listInvitations = () => request<Invitation[]>('/invitation/?limit=100')

export const makeInvitation = (uses: number, days: number) =>
  request<Invitation>('/invitation/', { method: 'POST', json: { uses, days } })

export const endInvitation = (id: number) => request<void>(`/invitation/${id}/`, { method: 'DELETE' })

/** Who invites; refused when the invitation is good for nothing any more. */
export async function readInvitation(code: string): Promise<GivenInvitation> {
  try {
    return await request('/invitation/given/', { authenticate: false, headers: { 'Pamps-Invitation': code } })
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) throw error
    // A server of before there was that, as while a site changes to a newer one, takes `given` for a code. One that is good nowhere may stand in a path.
    return request(`/invitation/${encodeURIComponent(code)}/`, { authenticate: false })
  }
}
