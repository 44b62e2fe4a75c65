import type { FocusPoint } from '@/text/pictures'
import { request } from './client'
import { sendByXhr } from './sendByXhr'
import type { Picture } from './types'

/** Sends a picture, which is gone a day later unless a post shows it. */
export function uploadPicture(file: Blob, signal: AbortSignal, progress?: (sent: number) => void): Promise<Picture> {
  const form = new FormData()
  form.append('file', file)
  return request<Picture>('/media/', { method: 'POST', form, signal, by: progress && sendByXhr(progress) })
}

/** Says what is to be seen on a picture; an empty text takes that back. */
export const describePicture = (id: number, description: string) =>
  request<Picture>(`/media/${id}/`, { method: 'PATCH', json: { description } })

/** Says what of it stays where it is cut. */
export const focusPicture = (id: number, { x, y }: FocusPoint) =>
  request<Picture>(`/media/${id}/`, { method: 'PATCH', json: { focus: `${x},${y}` } })

export const deletePicture = (id: number) => request<void>(`/media/${id}/`, { method: 'DELETE' })
