import type { Visibility } from '@/visibility'

// What docs/openapi.json does not describe yet. With the next `npm run types` this file goes, and types.ts takes the
// generated ones.

export interface PostAddition {
  visibility: Visibility
}

/** What is between the caller and somebody is null when nobody is signed in. */
export interface ProfileAddition {
  locked: boolean
  requested: boolean | null
  follows_you: boolean | null
  blocked: boolean | null
  muted: boolean | null
}

export interface ProfileChangeAddition {
  locked?: boolean
}

export interface FollowAnswer {
  /** True when a locked account has to accept first (202). */
  pending?: boolean
}

export interface MutedAddition {
  /** Null until it is ended by hand. */
  expires_at: string | null
  notifications: boolean
}

export interface MuteRequest {
  /** Seconds; null until it is ended by hand. */
  duration: number | null
  notifications: boolean
}

export interface ProblemAddition {
  /** A stable word for what went wrong. */
  code?: string
  /** The words for each message in `errors`. */
  codes?: Record<string, string[]> | null
  /** The numbers that those messages name. */
  limits?: Record<string, { least?: number; most?: number }> | null
}
