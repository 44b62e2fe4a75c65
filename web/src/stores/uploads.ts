import { defineStore } from 'pinia'
import { reactive, watch } from 'vue'
import { isAborted } from '@/api/errors'
import { deletePicture, uploadPicture } from '@/api/media'
import type { Picture } from '@/api/types'
import { randomId } from '@/session/browserTabs'
import { useOutboxStore, type DraftContext } from './outbox'
import { useSessionStore } from './session'

/** A picture that is on its way, or did not arrive. */
export interface Upload {
  id: string
  file: File
  /** How much of it has been sent, from 0 to 1. */
  sent: number
  /** What went wrong; null while it is on its way. */
  error: unknown
}

/** Pictures on their way into drafts, whichever composer shows them: closing one stops nothing. */
export const useUploadStore = defineStore('uploads', () => {
  const session = useSessionStore()
  const outbox = useOutboxStore()
  const uploads = reactive(new Map<DraftContext, Upload[]>())
  const lines = new Map<DraftContext, Promise<void>>()
  let gone = new AbortController()

  watch(
    () => session.generation,
    () => {
      gone.abort()
      gone = new AbortController()
      uploads.clear()
      lines.clear()
    },
    { flush: 'sync' },
  )

  const of = (context: DraftContext): Upload[] => uploads.get(context) ?? []

  const add = (context: DraftContext, file: File) => send(context, { id: randomId(), file, sent: 0, error: null })

  /** One after the other, so that they stand in the order in which they were chosen. */
  function send(context: DraftContext, upload: Upload): void {
    drop(context, upload)
    uploads.set(context, [...of(context), { ...upload, sent: 0, error: null }])
    const before = lines.get(context) ?? Promise.resolve()
    lines.set(context, before.then(() => transfer(context, upload)))
  }

  async function transfer(context: DraftContext, upload: Upload): Promise<void> {
    const { signal } = gone
    const listed = () => of(context).find((x) => x.id === upload.id)
    if (!listed()) return
    try {
      const picture = await uploadPicture(upload.file, signal, (sent) => {
        const going = listed()
        if (going) going.sent = sent
      })
      if (signal.aborted) return
      // Taken away meanwhile.
      if (!drop(context, upload)) return forget(picture)
      outbox.write(context, { pictures: [...outbox.open(context).pictures, picture] })
    } catch (error) {
      const failed = listed()
      if (failed && !isAborted(error)) failed.error = error
    }
  }

  /** Takes an upload off the list; false when it was not there. */
  function drop(context: DraftContext, { id }: Upload): boolean {
    const left = of(context).filter((x) => x.id !== id)
    const wasThere = left.length < of(context).length
    if (left.length > 0) uploads.set(context, left)
    else uploads.delete(context)
    return wasThere
  }

  /** Takes all off. What arrives nevertheless goes by itself. */
  const dropAll = (context: DraftContext) => void uploads.delete(context)

  return { of, add, send, drop, dropAll }
})

/** One that no post shows goes by itself a day later. */
export function forget({ id }: Picture): void {
  deletePicture(id).catch(() => {})
}
