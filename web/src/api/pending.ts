// Types of answers that docs/openapi.json does not describe yet. Goes away when it does.
import type { components } from './schema'

type Schemas = components['schemas']

/** A piece of a post's text that is a link. `start` and `length` count code points, not UTF-16 units. */
export type PostEntity =
  | { kind: 'mention'; start: number; length: number; username: string }
  | { kind: 'hashtag'; start: number; length: number; tag: string }
  | { kind: 'url'; start: number; length: number; url: string }

export interface AccessTokenAnswer {
  access_token: string
  token_type: string
  expires_in: number
}

export interface ServerConfig {
  post_max_length: number
  password_min_length: number
  name: string
  version: string
}

export interface TagSuggestion {
  tag: string
}

export interface LoginSession {
  id: number
  created_at: string
  expires_at: string
  last_used_at: string | null
  client: string | null
  current: boolean
}

export interface Notification {
  id: number
  kind: 'like' | 'reply' | 'mention' | 'follow'
  date: string
  read: boolean
  user: Schemas['UserResponse']
  post: Schemas['PostResponse'] | null
}
