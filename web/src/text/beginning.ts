import type { Post } from '@/api/types'

const most = 60

/** The beginning of a post in one line, where the whole is too long; what its pictures show, where it has no text. */
export function beginningOf({ text, media }: Pick<Post, 'text' | 'media'>): string {
  const words = text || media?.find((x) => x.description)?.description || (media?.length ? '🖼️' : '')
  const characters = Array.from(words.slice(0, 4 * most).replace(/\s+/g, ' '))
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : characters.join('')
}
