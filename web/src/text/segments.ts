import type { PostEntity } from '@/api/types'
import { foldBlankLines } from './folding'
import { isWebAddress } from './webAddress'

/** A piece of a text as it is shown: plain, or a link to somewhere. */
export interface TextSegment {
  text: string
  entity: PostEntity | null
}

/** Cuts a text at its entities, whose places count code points. */
export function toSegments(text: string, entities: readonly PostEntity[] = []): TextSegment[] {
  if (entities.length === 0) return [plain(text)]
  const characters = Array.from(text)
  const segments: TextSegment[] = []
  let place = 0
  for (const entity of [...entities].sort((a, b) => a.start - b.start)) {
    const end = entity.start + entity.length
    // Entities that overlap or lie outside the text would repeat or lose some of it.
    if (entity.start < place || entity.length < 1 || end > characters.length || !leadsSomewhere(entity)) continue
    if (entity.start > place) segments.push(plain(characters.slice(place, entity.start).join('')))
    const written = characters.slice(entity.start, end).join('')
    segments.push({ text: entity.url ? shortAddress(written) : written, entity })
    place = end
  }
  if (place < characters.length) segments.push(plain(characters.slice(place).join('')))
  return segments
}

const plain = (text: string): TextSegment => ({ text: foldBlankLines(text), entity: null })

const leadsSomewhere = ({ username, tag, url }: PostEntity) => Boolean(username || tag || (url && isWebAddress(url)))

const longestAddress = 40

/** An address as people read it: without its scheme, and cut when it is long. */
export function shortAddress(url: string): string {
  const characters = Array.from(url.replace(/^https?:\/\/(www\.)?/i, '').replace(/\/$/, ''))
  return characters.length > longestAddress ? `${characters.slice(0, longestAddress - 1).join('')}…` : characters.join('')
}
