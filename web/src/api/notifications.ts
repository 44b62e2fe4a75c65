import { request } from './client'
import type { Notification, NotificationPolicy } from './types'

export const countUnread = () => request<{ count: number }>('/notification/unread/')

export const markRead = (upTo: number) =>
  request<void>('/notification/read/', { method: 'POST', json: { up_to: upTo } })

export const readPolicy = () => request<NotificationPolicy>('/notification/policy/')

export const changePolicy = (change: Partial<NotificationPolicy>) =>
  request<NotificationPolicy>('/notification/policy/', { method: 'PATCH', json: change })

/** What was put aside of somebody; the server keeps no more of one. */
export const readAside = (username: string) => request<Notification[]>(`/notification/aside/${username}/?limit=20`)

/** Those of whom one accepted what was put aside. */
export const acceptedPath = '/notification/accepted/'

/** Takes back that somebody was accepted. */
export const undoAccept = (username: string, keepalive: boolean) =>
  request<void>(`${acceptedPath}${username}/`, { method: 'DELETE', keepalive })

/** Takes in what was put aside of somebody, and what comes of them; or throws it away. */
export const endAside = (username: string, how: 'accept' | 'dismiss', keepalive: boolean) =>
  how === 'accept'
    ? request<void>(`/notification/aside/${username}/accept/`, { method: 'POST', keepalive })
    : request<void>(`/notification/aside/${username}/`, { method: 'DELETE', keepalive })
