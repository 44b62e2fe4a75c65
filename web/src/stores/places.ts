import type { Post } from '@/api/types'

/** Lists that more than their own page knows of, by the key under which they are kept. */
export const listKeys = {
  home: 'home',
  everyone: '/post/',
  direct: '/post/direct/',
  bookmarks: '/post/bookmarks/',
  notifications: '/notification/',
  pinnedBy: (username: string) => `/post/pinned/${encodeURIComponent(username)}/`,
  repliesTo: (id: number) => `/post/${id}/replies/`,
}

interface Place {
  key: string
  end: 'top' | 'bottom'
}

/**
 * The lists that a new post belongs into. `own` is the viewer's own; the others are told by the stream, which knows only
 * some of everyone's posts, so that list is asked for them instead.
 */
export function placesOf({ parent_id: parentId, visibility }: Post, own: boolean): Place[] {
  const places: Place[] = []
  const isDirect = visibility === 'direct'
  places.push({ key: isDirect ? listKeys.direct : listKeys.home, end: 'top' })
  if (own && parentId === null && visibility === 'public') places.push({ key: listKeys.everyone, end: 'top' })
  if (parentId !== null) places.push({ key: listKeys.repliesTo(parentId), end: 'bottom' })
  return places
}
