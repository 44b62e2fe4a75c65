import { request, requestPage, send } from './client'
import type { Email, FollowAnswer, OwnProfile, PasswordResetAnswer, Profile, ProfileChange, TagSuggestion, User, UserRequest } from './types'

const path = (username: string) => `/user/${encodeURIComponent(username)}/`

export const readUser = (username: string) => request<Profile>(path(username))

export const readMe = () => request<OwnProfile>('/user/me/')

export const createUser = (user: UserRequest, idempotencyKey: string) =>
  request<User>('/user/', { method: 'POST', json: user, idempotencyKey, authenticate: false })

export const changeMe = (change: ProfileChange) =>
  request<OwnProfile>('/user/me/', { method: 'PATCH', json: change })

export const changePassword = (currentPassword: string, newPassword: string) =>
  request<void>('/user/me/password/', {
    method: 'POST',
    json: { current_password: currentPassword, new_password: newPassword },
  })

export const readEmail = () => request<Email>('/user/me/email/')

/** Has a link sent: to the address that one has, or, with the password, to one that is to take its place. */
export const askForEmail = (email?: string, password?: string) =>
  send('/user/me/email/', { method: 'POST', json: { email, password } })

/** With the token of such a link. */
export const confirmEmail = (token: string) =>
  request<Email>('/user/email/confirm/', { method: 'POST', json: { token }, authenticate: false })

/** Answered alike whether there is such an account. */
export const forgotPassword = (username: string) =>
  send('/user/password/forgot/', { method: 'POST', json: { username }, authenticate: false })

/** With the token of a link; answers whose password it was. */
export const resetPassword = (token: string, password: string) =>
  request<PasswordResetAnswer>('/user/password/reset/', { method: 'POST', json: { token, password }, authenticate: false })

export const deleteMe = (password: string) =>
  request<void>('/user/me/', { method: 'DELETE', json: { password } })

export const followUser = (username: string) =>
  request<FollowAnswer>(`/user/follow/${encodeURIComponent(username)}/`, { method: 'POST' })

export const unfollowUser = (username: string, keepalive = false) =>
  request<void>(`/user/follow/${encodeURIComponent(username)}/`, { method: 'DELETE', keepalive })

/** Users whose name begins so, the likeliest first; completes mentions. */
export const completeUsers = async (prefix: string, signal?: AbortSignal) =>
  (
    await requestPage<User>('/search/', {
      query: { type: 'user', order: 'best', q: `${prefix}*`, limit: 6 },
      signal,
    })
  ).items

/** Hashtags that most people used lately. */
export const readTagsInUse = () => request<TagSuggestion[]>('/tag/')

/** Hashtags that begin so. */
export const completeTags = (prefix: string, signal?: AbortSignal) =>
  request<TagSuggestion[]>('/tag/', { query: { q: prefix }, signal })
