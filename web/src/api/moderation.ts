import { request } from './client'
import type { ActionKind, ModeratedPerson, ModerationAction, OtherAccount, PasswordLink, ReportCategory, ReportOutcome, WholeReport } from './types'

/** What a moderator wants done. */
export interface Order {
  action: ActionKind
  message?: string
  report_id?: number
  posts?: number[]
}

export const reportUser = (report: { username: string; category: ReportCategory; rule?: number; text: string; posts: number[] }) =>
  request<unknown>('/report/', { method: 'POST', json: report })

export const readReport = (id: number) => request<WholeReport>(`/moderation/report/${id}/`)

export const closeReport = (id: number, outcome: ReportOutcome) =>
  request<void>(`/moderation/report/${id}/close/`, { method: 'POST', json: { outcome } })

const userPath = (username: string) => `/moderation/user/${encodeURIComponent(username)}/`

export const readModerated = (username: string) => request<ModeratedPerson>(userPath(username))

export const listActions = (username: string) => request<ModerationAction[]>(`${userPath(username)}action/`)

/** Accounts from the same networks; that it was asked is logged. */
export const listOtherAccounts = (username: string) => request<OtherAccount[]>(`${userPath(username)}accounts/`)

/** For admins who have signed in just now. */
export const makePasswordLink = (username: string) =>
  request<PasswordLink>(`/user/${encodeURIComponent(username)}/password/token/`, { method: 'POST' })

export const actOn = (username: string, order: Order) =>
  request<ModerationAction>(`${userPath(username)}action/`, { method: 'POST', json: order })

export const listNotices = () => request<ModerationAction[]>('/user/me/notices/?limit=100')

export const markNoticesSeen = (upTo: number) =>
  request<void>('/user/me/notices/seen/', { method: 'POST', json: { up_to: upTo } })

/** Lets in who has registered, or refuses them: then the account is gone. */
export const answerRegistration = (username: string, how: 'approve' | 'refuse') =>
  request<void>(`/moderation/registration/${encodeURIComponent(username)}/${how}/`, { method: 'POST' })

/** Asks once that what was done to one be looked at again. */
export const appeal = (id: number, text: string) =>
  request<ModerationAction>(`/user/me/notices/${id}/appeal/`, { method: 'POST', json: { text } })

/** Why an account is suspended, for who gives its password, or its passkey; with a text, they appeal against it. */
export const readSuspension = (given: ({ username: string; password: string; otp?: string } | { passkey: object }) & { text?: string }) =>
  request<ModerationAction>('/user/suspension/', { method: 'POST', json: given, authenticate: false })

export const closeAppeal = (id: number, outcome: 'accepted' | 'refused') =>
  request<void>(`/moderation/appeal/${id}/close/`, { method: 'POST', json: { outcome } })
