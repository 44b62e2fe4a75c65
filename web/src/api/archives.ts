import { request, send } from './client'
import type { Archive } from './types'

const path = '/user/me/archive/'

export const readArchive = () => request<Archive>(path)

/** Has the archive of one's account be made. */
export const askForArchive = () => request<Archive>(path, { method: 'POST' })

/** Deletes it, or has none be made. */
export const deleteArchive = () => request<void>(path, { method: 'DELETE' })

/** The archive itself, and what it is to be called. The browser keeps large ones on the disk. */
export async function downloadArchive(signal?: AbortSignal): Promise<{ file: Blob; name: string }> {
  const response = await send(`${path}file/`, { headers: { Accept: 'application/zip' }, signal })
  const name = /filename="?([^";]+)/.exec(response.headers.get('Content-Disposition') ?? '')?.[1]
  return { file: await response.blob(), name: name ?? 'pamps.zip' }
}
