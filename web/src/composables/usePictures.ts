import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { describePicture, focusPicture } from '@/api/media'
import type { Picture } from '@/api/types'
import { useConfigStore } from '@/stores/config'
import { useOutboxStore, type DraftContext } from '@/stores/outbox'
import { useToastStore } from '@/stores/toasts'
import { forget, useUploadStore, type Upload } from '@/stores/uploads'
import type { FocusPoint } from '@/text/pictures'

const isRecording = ({ type }: File) => /^(video|audio)\//.test(type)

/**
 * The pictures of a draft, and what is played. Sent at once, since that takes longer than writing what is on them.
 *
 * @param shown Those that a post shows already: what changes in one of them has changed for everybody.
 */
export function usePictures(context: () => DraftContext, shown: () => Picture[] = () => [], changed?: (picture: Picture) => void) {
  const outbox = useOutboxStore()
  const store = useUploadStore()
  const config = useConfigStore()
  const toasts = useToastStore()
  const { t } = useI18n()
  const draft = computed(() => outbox.open(context()))
  const uploads = computed(() => store.of(context()))
  const room = computed(() => config.picturesPerPost - draft.value.pictures.length - uploads.value.length)
  const isSending = computed(() => uploads.value.some((x) => x.error === null))

  /** Takes those that are pictures, video or audio, as many as a post may have, and says of the latter why not. */
  function add(files: Iterable<File>): void {
    const taken = [...files].filter((x) => x.type.startsWith('image/') || (isRecording(x) && isTaken(x)))
    for (const file of taken.slice(0, Math.max(0, room.value))) store.add(context(), file)
  }

  function isTaken(file: File): boolean {
    const isFitting = file.size <= config.recordingMaxBytes
    if (config.recordingTypes.length > 0 && isFitting) return true
    toasts.showError(isFitting ? t('picture.noRecordings') : t('picture.tooLarge', { size: Math.floor(config.recordingMaxBytes / 1_048_576) }))
    return false
  }

  const send = (upload: Upload) => store.send(context(), upload)
  const drop = (upload: Upload) => store.drop(context(), upload)
  const dropAll = () => store.dropAll(context())

  function remove(picture: Picture): void {
    outbox.write(context(), { pictures: draft.value.pictures.filter((x) => x.id !== picture.id) })
    // The server takes it out of its post with the edit.
    if (!shown().some((x) => x.id === picture.id)) forget(picture)
  }

  /** Puts a picture at another place among them. */
  function move(picture: Picture, place: number): void {
    const pictures = draft.value.pictures.filter((x) => x.id !== picture.id)
    pictures.splice(place, 0, picture)
    outbox.write(context(), { pictures })
  }

  /** Throws what the server says against it. */
  async function describe(picture: Picture, description: string): Promise<void> {
    if (description.trim() !== (picture.description ?? '')) await change(() => describePicture(picture.id, description))
  }

  /** Throws what the server says against it. */
  const focusOn = ({ id }: Picture, focus: FocusPoint) => change(() => focusPicture(id, focus))

  async function change(ask: () => Promise<Picture>): Promise<void> {
    const where = context()
    const now = await ask()
    const pictures = outbox.open(where).pictures.map((x) => (x.id === now.id ? now : x))
    outbox.write(where, { pictures })
    changed?.(now)
  }

  return { uploads, room, isSending, add, send, drop, dropAll, remove, move, describe, focusOn }
}

/** What is pasted or dropped besides text. */
export const filesOf = (event: ClipboardEvent | DragEvent): File[] => [
  ...(('clipboardData' in event ? event.clipboardData : event.dataTransfer)?.files ?? []),
]
