import { request } from './client'

export const countUnread = () => request<{ count: number }>('/notification/unread/')

export const markRead = (upTo: number) =>
  request<void>('/notification/read/', { method: 'POST', json: { up_to: upTo } })
