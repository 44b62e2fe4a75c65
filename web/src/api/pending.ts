// Types of answers that docs/openapi.json does not describe yet. Goes away when it does.
import type { components } from './schema'

type Schemas = components['schemas']

export interface Notification {
  id: number
  kind: 'like' | 'reply' | 'mention' | 'follow'
  date: string
  read: boolean
  user: Schemas['UserResponse']
  post: Schemas['PostResponse'] | null
}
