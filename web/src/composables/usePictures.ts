import { computed, onScopeDispose, ref } from 'vue'
import { isAborted } from '@/api/errors'
import { deletePicture, describePicture, focusPicture, uploadPicture } from '@/api/media'
import type { Picture } from '@/api/types'
import { randomId } from '@/session/browserTabs'
import { useConfigStore } from '@/stores/config'
import { useOutboxStore, type DraftContext } from '@/stores/outbox'
import type { FocusPoint } from '@/text/pictures'

/** A picture that is on its way, or did not arrive. */
export interface Upload {
  id: string
  file: File
  /** What went wrong; null while it is on its way. */
  error: unknown
}

/** The pictures of a draft. Sent at once, since that takes longer than writing what is on them. */
export function usePictures(context: () => DraftContext) {
  const outbox = useOutboxStore()
  const config = useConfigStore()
  const uploads = ref<Upload[]>([])
  const gone = new AbortController()
  let line = Promise.resolve()
  const draft = computed(() => outbox.open(context()))
  const room = computed(() => config.picturesPerPost - draft.value.pictures.length - uploads.value.length)
  const isSending = computed(() => uploads.value.some((x) => x.error === null))

  onScopeDispose(() => gone.abort())

  /** Takes those that are pictures, as many as a post may have. */
  function add(files: Iterable<File>): void {
    const pictures = [...files].filter((x) => x.type.startsWith('image/'))
    for (const file of pictures.slice(0, room.value)) send({ id: randomId(), file, error: null })
  }

  /** One after the other, so that they stand in the order in which they were chosen. */
  function send(upload: Upload): void {
    drop(upload)
    uploads.value.push({ ...upload, error: null })
    const where = context()
    line = line.then(() => transfer(upload, where))
  }

  async function transfer(upload: Upload, where: DraftContext): Promise<void> {
    const listed = () => uploads.value.find((x) => x.id === upload.id)
    if (!listed()) return
    try {
      const picture = await uploadPicture(upload.file, gone.signal)
      // Taken away meanwhile.
      if (!drop(upload)) return forget(picture)
      outbox.write(where, { pictures: [...outbox.open(where).pictures, picture] })
    } catch (error) {
      const failed = listed()
      if (failed && !isAborted(error)) failed.error = error
    }
  }

  /** Takes an upload off the list; false when it was not there. */
  function drop({ id }: Upload): boolean {
    const left = uploads.value.filter((x) => x.id !== id)
    const wasThere = left.length < uploads.value.length
    uploads.value = left
    return wasThere
  }

  function remove(picture: Picture): void {
    outbox.write(context(), { pictures: draft.value.pictures.filter((x) => x.id !== picture.id) })
    forget(picture)
  }

  /** Throws what the server says against it. */
  async function describe(picture: Picture, description: string): Promise<void> {
    if (description.trim() !== (picture.description ?? '')) await change(() => describePicture(picture.id, description))
  }

  /** Throws what the server says against it. */
  const focusOn = ({ id }: Picture, focus: FocusPoint) => change(() => focusPicture(id, focus))

  async function change(ask: () => Promise<Picture>): Promise<void> {
    const where = context()
    const changed = await ask()
    const pictures = outbox.open(where).pictures.map((x) => (x.id === changed.id ? changed : x))
    outbox.write(where, { pictures })
  }

  return { uploads, room, isSending, add, send, drop, remove, describe, focusOn }
}

/** One that no post shows goes by itself a day later. */
function forget({ id }: Picture): void {
  deletePicture(id).catch(() => {})
}
