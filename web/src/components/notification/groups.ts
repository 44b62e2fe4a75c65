import type { Notification, Post, User } from '@/api/types'

/** What is shown as one: several people who liked the same post, or who followed one after another. */
export interface NotificationGroup {
  /** That of the newest. */
  id: number
  kind: Notification['kind']
  date: string
  unread: boolean
  /** Who did it, the last one first. */
  users: User[]
  post: Post | null
}

/** Joins neighbours that say the same; nothing changes its place. */
export function groupNotifications(
  notifications: readonly Notification[],
  isUnread: (notification: Notification) => boolean,
): NotificationGroup[] {
  const groups: NotificationGroup[] = []
  for (const notification of notifications) {
    const { id, kind, date, user, post } = notification
    const unread = isUnread(notification)
    const last = groups.at(-1)
    if (last && last.unread === unread && saysTheSame(last, notification)) {
      if (!last.users.some((x) => x.id === user.id)) last.users.push(user)
    } else {
      groups.push({ id, kind, date, unread, users: [user], post })
    }
  }
  return groups
}

function saysTheSame(group: NotificationGroup, { kind, post }: Notification): boolean {
  if (group.kind !== kind) return false
  return kind === 'follow' || kind === 'follow_request' || (kind === 'like' && group.post !== null && group.post.id === post?.id)
}
