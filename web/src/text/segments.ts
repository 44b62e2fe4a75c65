import type { PostEntity } from '@/api/types'

/** A piece of a post's text: plain, or a link to somewhere. */
export interface TextSegment {
  text: string
  entity: PostEntity | null
}

/** Cuts a text at its entities, whose places count code points. */
export function toSegments(text: string, entities: readonly PostEntity[] = []): TextSegment[] {
  if (entities.length === 0) return [{ text, entity: null }]
  const characters = Array.from(text)
  const segments: TextSegment[] = []
  let place = 0
  for (const entity of [...entities].sort((a, b) => a.start - b.start)) {
    const end = entity.start + entity.length
    // Entities that overlap or lie outside the text would repeat or lose some of it.
    if (entity.start < place || entity.length < 1 || end > characters.length) continue
    if (entity.start > place) segments.push({ text: characters.slice(place, entity.start).join(''), entity: null })
    segments.push({ text: characters.slice(entity.start, end).join(''), entity })
    place = end
  }
  if (place < characters.length) segments.push({ text: characters.slice(place).join(''), entity: null })
  return segments
}

const longestAddress = 40

/** An address as people read it: without its scheme, and cut when it is long. */
export function shortAddress(url: string): string {
  const characters = Array.from(url.replace(/^https?:\/\/(www\.)?/i, '').replace(/\/$/, ''))
  return characters.length > longestAddress ? `${characters.slice(0, longestAddress - 1).join('')}…` : characters.join('')
}
