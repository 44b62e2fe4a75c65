import type { Visibility } from '@/visibility'
import type { components } from './schema'

type Schemas = components['schemas']

/** A post as lists hold it. `liked` is null when nobody is signed in. */
export type Post = Omit<Schemas['PostResponse'], 'visibility'> & { visibility: Visibility }
export type PostWithReplies = Omit<Schemas['PostResponseWithReplies'], 'replies' | 'visibility'> & Pick<Post, 'visibility'> & { replies: Post[] }
/** A picture, of one's own or of a post. */
export type Picture = Schemas['MediaResponse']
/** What is shown of the page that a post links to. */
export type LinkCard = Schemas['CardResponse']
/** A piece of a post's text that is a link; its place counts code points. */
export type PostEntity = Schemas['EntityResponse']
export type User = Schemas['UserResponse']
export type MutedUser = Schemas['MutedUserResponse']
export type Profile = Schemas['ProfileResponse']
export type OwnProfile = Schemas['OwnProfileResponse']
export type ProfileChange = Schemas['ProfileChange']
export type UserRequest = Schemas['UserRequest']
export type Problem = Schemas['Problem']
export type PasswordResetAnswer = Schemas['PasswordResetResponse']
export type AccessTokenAnswer = Schemas['SessionAnswer']
export type LoginSession = Schemas['SessionResponse']
/** What a program asks somebody to allow it. */
export type Consent = Schemas['ConsentAnswer']
export type ConsentGiven = Schemas['ConsentGivenAnswer']
export type ServerConfig = Schemas['ConfigResponse']
export type Invitation = Schemas['InvitationResponse']
export type Email = Schemas['EmailResponse']
export type SecondFactor = Schemas['SecondFactorResponse']
export type NewSecondFactor = Schemas['NewSecondFactorResponse']
export type RecoveryCodes = Schemas['RecoveryCodesResponse']
export type Passkey = Schemas['PasskeyResponse']
export type NewPasskey = Schemas['PasskeyBegunResponse']
/** The archive of one's account. The description leaves the state open; these are the ones that there are. */
export type Archive = Omit<Schemas['ArchiveResponse'], 'state'> & { state: 'none' | 'waiting' | 'making' | 'ready' | 'failed' }
export type ImportKind = 'archive' | 'follows' | 'blocks' | 'mutes' | 'bookmarks'
/** What one brings from elsewhere. */
export type Import = Omit<Schemas['ImportResponse'], 'kind' | 'state'> & {
  kind: ImportKind
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
}
export type PolicyChoice = 'accept' | 'aside' | 'drop'
/** Of whose deeds one is told. */
export type NotificationPolicy = Record<'not_following' | 'not_followers' | 'new_accounts' | 'direct', PolicyChoice>
/** Somebody of whom notifications were put aside. */
export type Aside = Schemas['AsideResponse']
export type FilterPlace = 'home' | 'notifications' | 'public' | 'thread' | 'account'
export type FilterAction = 'warn' | 'hide'
/** Words that one does not want to read. */
export type Filter = Omit<Schemas['FilterResponse'], 'context' | 'filter_action'> & { context: FilterPlace[]; filter_action: FilterAction }
/** What is absent of a filter that is changed stays. */
export type FilterRequest = Partial<Pick<Filter, 'title' | 'context' | 'filter_action'>> & {
  keywords?: { keyword: string; whole_word: boolean }[]
  /** In how many seconds it ends; null for never. */
  expires_in?: number | null
}
export type GivenInvitation = Schemas['GivenInvitationResponse']
/** What somebody reports, as moderators see it. The description leaves words open; these are the ones that there are. */
export type Site = Schemas['SiteResponse']
export type Rule = Schemas['RuleResponse']
export type SiteText = Schemas['SiteTextResponse']
export type Appeal = Schemas['AppealResponse'] & { action: ModerationAction }
export type Registration = Schemas['RegistrationResponse']
export type Report = Schemas['ReportResponse'] & { category: ReportCategory; outcome: ReportOutcome | null }
export type ReportCategory = 'spam' | 'illegal' | 'rule' | 'other'
export type ReportOutcome = 'resolved' | 'dismissed'
export type ModeratedPerson = Schemas['PersonResponse'] & { role: 'member' | 'moderator' | 'admin' | 'owner' }
export type OtherAccount = Schemas['OtherAccountResponse'] & { person: ModeratedPerson }
/** With which somebody gives their account a new password. */
export type PasswordLink = Schemas['PasswordTokenResponse']
export type ActionKind = 'warn' | 'delete_posts' | 'silence' | 'unsilence' | 'suspend' | 'restore' | 'note' | 'mark_sensitive' | 'unmark_sensitive'
export type ModerationAction = Schemas['ActionResponse'] & { action: ActionKind }
export type WholeReport = Schemas['WholeReportResponse'] & {
  report: Report
  person: ModeratedPerson
  history: ModerationAction[]
}
export type TagSuggestion = Schemas['TagResponse']
/** The description leaves the kind open; these are the ones that there are. */
export type Notification = Omit<Schemas['NotificationResponse'], 'post'> & {
  kind: 'like' | 'reply' | 'mention' | 'follow' | 'follow_request'
  post: Post | null
}
export type FollowAnswer = Schemas['FollowResponse']
/** It always says for how long. */
export type MuteRequest = Required<Schemas['MuteRequest']>
