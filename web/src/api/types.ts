import type { MutedAddition, PostAddition, ProblemAddition, ProfileAddition, ProfileChangeAddition } from './additions'
import type { components } from './schema'

type Schemas = components['schemas']

/** A post as lists hold it. `liked` is null when nobody is signed in. */
export type Post = Schemas['PostResponse'] & PostAddition
export type PostWithReplies = Omit<Schemas['PostResponseWithReplies'], 'replies'> & PostAddition & { replies: Post[] }
/** A picture, of one's own or of a post. */
export type Picture = Schemas['MediaResponse']
/** What is shown of the page that a post links to. */
export type LinkCard = Schemas['CardResponse']
/** A piece of a post's text that is a link; its place counts code points. */
export type PostEntity = Schemas['EntityResponse']
export type User = Schemas['UserResponse']
export type MutedUser = User & MutedAddition
export type Profile = Schemas['ProfileResponse'] & ProfileAddition
export type OwnProfile = Schemas['OwnProfileResponse'] & ProfileAddition
export type ProfileChange = Schemas['ProfileChange'] & ProfileChangeAddition
export type UserRequest = Schemas['UserRequest']
export type Problem = Schemas['Problem'] & ProblemAddition
export type PasswordResetAnswer = Schemas['PasswordResetResponse']
export type AccessTokenAnswer = Schemas['SessionAnswer']
export type LoginSession = Schemas['SessionResponse']
export type ServerConfig = Schemas['ConfigResponse']
export type Invitation = Schemas['InvitationResponse']
export type GivenInvitation = Schemas['GivenInvitationResponse']
export type TagSuggestion = Schemas['TagResponse']
/** The description leaves the kind open; these are the ones that there are. */
export type Notification = Omit<Schemas['NotificationResponse'], 'post'> & {
  kind: 'like' | 'reply' | 'mention' | 'follow' | 'follow_request'
  post: Post | null
}
export type { FollowAnswer, MuteRequest } from './additions'
