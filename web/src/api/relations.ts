import { request } from './client'
import type { MuteRequest } from './types'

const path = (what: string, username: string) => `/user/${what}/${encodeURIComponent(username)}/`

export const blockUser = (username: string) => request<unknown>(path('block', username), { method: 'POST' })

export const unblockUser = (username: string) => request<void>(path('block', username), { method: 'DELETE' })

export const muteUser = (username: string, how: MuteRequest) =>
  request<unknown>(path('mute', username), { method: 'POST', json: how })

export const unmuteUser = (username: string) => request<void>(path('mute', username), { method: 'DELETE' })

/** Lets somebody follow who has asked to, or not. */
export const answerFollowRequest = (username: string, answer: 'accept' | 'reject', keepalive = false) =>
  request<void>(`${path('follow_requests', username)}${answer}/`, { method: 'POST', keepalive })
