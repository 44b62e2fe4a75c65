import type { PostEntity } from '@/api/types'
import { withoutUnseen } from './unseen'
import { mention } from './usernames'

const hashtag = /(?<![\p{L}\p{M}\p{N}_#＃/=&])[#＃](?=[\p{M}\p{N}_]*\p{L})([\p{L}\p{M}\p{N}_]{1,50})(?![\p{L}\p{M}\p{N}_])/gu
const address = /https?:\/\/[^\s<>"]*[^\s<>"'.,;:!?)\]}]/giu

/**
 * What a bio names, found as the server finds it in posts, as far as it can be told without asking: it has no entities of its
 * own. Whether anybody is called so shows when the link is followed.
 */
export function bioEntities(bio: string): PostEntity[] {
  const found: PostEntity[] = []
  const add = (match: RegExpExecArray, entity: Partial<PostEntity>) => {
    const start = Array.from(bio.slice(0, match.index)).length
    found.push({ start, length: Array.from(match[0]).length, ...entity } as PostEntity)
  }
  for (const match of bio.matchAll(address)) add(match, { kind: 'url', url: match[0] })
  for (const match of bio.matchAll(mention)) add(match, { kind: 'mention', username: withoutUnseen(match[1]!) })
  for (const match of bio.matchAll(hashtag)) add(match, { kind: 'hashtag', tag: withoutUnseen(match[1]!).normalize('NFC').toLowerCase() })
  // Within an address nothing else is named.
  const urls = found.filter((x) => x.kind === 'url')
  return found.filter((x) => x.kind === 'url' || !urls.some((y) => x.start >= y.start && x.start < y.start + y.length))
}
