import type { components } from './schema'

type Schemas = components['schemas']

/** A post as lists hold it. `liked` is null when nobody is signed in. */
export type Post = Schemas['PostResponse']
export type PostWithReplies = Schemas['PostResponseWithReplies']
/** A piece of a post's text that is a link; its place counts code points. */
export type PostEntity = Schemas['EntityResponse']
export type User = Schemas['UserResponse']
export type Profile = Schemas['ProfileResponse']
export type OwnProfile = Schemas['OwnProfileResponse']
export type ProfileChange = Schemas['ProfileChange']
export type UserRequest = Schemas['UserRequest']
export type Problem = Schemas['Problem']
export type AccessTokenAnswer = Schemas['SessionAnswer']
export type LoginSession = Schemas['SessionResponse']
export type ServerConfig = Schemas['ConfigResponse']
export type TagSuggestion = Schemas['TagResponse']
/** The description leaves the kind open; these are the ones that there are. */
export type Notification = Schemas['NotificationResponse'] & { kind: 'like' | 'reply' | 'mention' | 'follow' }
