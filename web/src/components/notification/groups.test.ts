import { describe, expect, it } from 'vitest'
import type { Notification } from '@/api/types'
import { groupNotifications } from './groups'

const user = (id: number) => ({ id, username: `user${id}`, avatar: null, bio: null, display_name: null })
let lastId = 1000

function make(kind: Notification['kind'], userId: number, postId: number | null = null, read = true): Notification {
  const post = postId === null ? null : ({ id: postId, text: 'Hello' } as Notification['post'])
  return { id: --lastId, kind, date: '2026-01-01T00:00:00Z', read, user: user(userId), post }
}

const group = (...all: Notification[]) =>
  groupNotifications(all, (x) => !x.read).map((x) => [x.kind, x.post?.id ?? null, x.users.map((y) => y.id)])

describe('groupNotifications', () => {
  it('joins the likes of one post and keeps those of another apart', () => {
    expect(group(make('like', 1, 7), make('like', 2, 7), make('like', 3, 8))).toEqual([
      ['like', 7, [1, 2]],
      ['like', 8, [3]],
    ])
  })

  it('joins followers, and counts nobody twice', () => {
    expect(group(make('follow', 1), make('follow', 2), make('follow', 1))).toEqual([['follow', null, [1, 2]]])
  })

  it('never joins replies and mentions, which each have their words', () => {
    expect(group(make('reply', 1, 7), make('reply', 2, 7), make('mention', 1, 7))).toHaveLength(3)
  })

  it('does not reach over what lies between', () => {
    expect(group(make('like', 1, 7), make('follow', 2), make('like', 3, 7))).toHaveLength(3)
  })

  it('keeps unread apart from read', () => {
    expect(group(make('like', 1, 7, false), make('like', 2, 7))).toHaveLength(2)
  })
})
