import type { Picture } from '@/api/types'

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~'

/** What the picture's colours come to together, which its blurhash says in four of its letters. */
export function colourOf({ blurhash }: Pick<Picture, 'blurhash'>): string {
  const colour = [...blurhash.slice(2, 6)].reduce((sum, x) => sum * 83 + digits.indexOf(x), 0)
  return `#${Math.max(0, colour).toString(16).padStart(6, '0').slice(-6)}`
}
