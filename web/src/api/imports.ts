import { request } from './client'
import { sendByXhr } from './sendByXhr'
import type { Import, ImportKind } from './types'

const path = '/user/me/imports/'

/** The newest ones, the newest first. */
export const listImports = () => request<Import[]>(`${path}?limit=5`)

export const readImport = (id: number) => request<Import>(`${path}${id}/`)

/** Brings a file from elsewhere. */
export function sendImport(
  file: Blob,
  kind: ImportKind,
  visibility: 'public' | 'unlisted' | 'followers',
  signal: AbortSignal,
  progress: (sent: number) => void,
): Promise<Import> {
  const form = new FormData()
  form.append('kind', kind)
  form.append('visibility', visibility)
  form.append('file', file)
  return request<Import>(path, { method: 'POST', form, signal, by: sendByXhr(progress) })
}

/** Stops one; what was taken in until then stays. */
export const cancelImport = (id: number) => request<void>(`${path}${id}/`, { method: 'DELETE' })
