import type { Picture } from '@/api/types'

/** From -1 to 1: the middle of a picture is 0, its right and its upper edge are 1. */
export interface FocusPoint {
  x: number
  y: number
}

/** Where a picture that is cropped is held, so that its focus stays. */
export const placeOf = ({ focus }: Picture) => `${(Number(focus.x) + 1) * 50}% ${(1 - Number(focus.y)) * 50}%`

/** Whether it is video or audio, which is played. */
export const isRecording = ({ kind }: Picture) => kind === 'video' || kind === 'audio'

/** Pixels of a preview, as the server makes it (docs/media.md). */
const previewArea = 640 * 360

/** Its files by how wide they are, for `srcset`; of what moves only the one that does not. */
export function filesByWidth({ kind, url, preview_url, width, height }: Picture): string {
  const whole = Number(width)
  const preview = Math.min(whole, Math.round(Math.sqrt((previewArea * whole) / Number(height))))
  return kind === 'image' && preview < whole ? `${preview_url} ${preview}w, ${url} ${whole}w` : `${preview_url} ${preview}w`
}
