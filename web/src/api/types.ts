import type { components } from './schema'
import type { PostEntity } from './pending'

type Schemas = components['schemas']

/** A post as lists hold it. `liked` is null when nobody is signed in. */
export type Post = Schemas['PostResponse'] & { entities?: PostEntity[] }
export type PostWithReplies = Omit<Schemas['PostResponseWithReplies'], 'replies'> & {
  entities?: PostEntity[]
  replies: Post[]
}
export type User = Schemas['UserResponse']
export type Profile = Schemas['ProfileResponse']
export type OwnProfile = Schemas['OwnProfileResponse']
export type ProfileChange = Schemas['ProfileChange']
export type UserRequest = Schemas['UserRequest']
export type Problem = Schemas['Problem']

export type { AccessTokenAnswer, LoginSession, Notification, PostEntity, ServerConfig, TagSuggestion } from './pending'
