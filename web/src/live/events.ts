import type { Notification, Post } from '@/api/types'

/** What the server tells while the page is open. */
export type LiveEvent =
  | { kind: 'post'; post: Post }
  | { kind: 'edit'; post: Post }
  | { kind: 'delete'; id: number; parentId: number | null }
  | { kind: 'notification'; notification: Notification }
  | { kind: 'notification-gone'; id: number }
  | { kind: 'archive-ended' }
  | { kind: 'import-ended'; id: number }
  | { kind: 'reset' }

/** Null for an event that this client does not know. */
export function readLiveEvent(name: string | undefined, data: string): LiveEvent | null {
  const value = JSON.parse(data)
  switch (name) {
    case 'post':
    case 'edit':
      return { kind: name, post: value }
    case 'delete':
      return { kind: 'delete', id: value.id, parentId: value.parent_id ?? null }
    case 'notification':
      return { kind: 'notification', notification: value }
    case 'notification_gone':
      return { kind: 'notification-gone', id: value.id }
    case 'archive_ended':
      return { kind: 'archive-ended' }
    case 'import_ended':
      return { kind: 'import-ended', id: value.id }
    case 'reset':
      return { kind: 'reset' }
    default:
      return null
  }
}
