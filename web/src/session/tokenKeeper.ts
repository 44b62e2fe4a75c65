import { ApiError } from '@/api/errors'
import { closeSession, openPasskeySession, openSession, refreshSession, type SecondFactorGiven } from '@/api/sessions'
import type { AccessTokenAnswer } from '@/api/types'
import { exclusively, makeKnown, openChannel, pause, someTabHas, storage } from './browserTabs'

/** What other tabs and later visits may know: that somebody is signed in and how to show them. Nothing secret. */
export interface SessionHint {
  username: string
  avatar: string | null
  /** Of visits before there were such names there is none. */
  display_name?: string | null
}

interface Token {
  value: string
  /** From then on another one is asked for, shortly before this one expires. */
  renewAt: number
}

type Message =
  | { kind: 'token'; token: Token }
  | { kind: 'signed-in'; token: Token }
  | { kind: 'ask' }
  | { kind: 'ended'; how: SessionEnd }

/** How a session ends that was not ended here: in another tab, or refused by the server. */
export type SessionEnd = 'elsewhere' | 'expired'

export interface SessionEvents {
  /** Another tab signed in, maybe as somebody else. */
  signedInElsewhere(): void
  ended(how: SessionEnd): void
}

const lock = 'pamps-session'
const hintKey = 'pamps-session'
/** Held by every tab that has had a token. */
const holders = 'pamps-token-holders'
/** Stands in storage while a refresh is on its way. */
const refreshingKey = 'pamps-refreshing'
/** Stands in storage until the server knows that somebody signed out. */
const signingOutKey = 'pamps-signing-out'

/** A token is renewed this long before it expires, or when a quarter of its life is left. */
const margin = 30_000
const answerOfOtherTabs = 80
const refreshMayTake = 3_000
const signOutMayTake = 5_000

/**
 * Keeps the access token, in memory only, and renews it with the HttpOnly cookie. A refresh token that is used twice
 * ends the login, so of all tabs only one refreshes at a time, and the others get its token over the channel.
 */
export class TokenKeeper {
  private token: Token | null = null
  private renewing: Promise<string | null> | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private waiters: (() => void)[] = []
  private readonly channel = openChannel<Message>('pamps-session')

  constructor(private readonly events: SessionEvents) {
    this.channel.onMessage((message) => this.receive(message))
    // A sign-out that did not reach the server is sent again when there is a chance.
    if (storage.get(signingOutKey)) void this.closeSession()
    addEventListener('online', () => void (storage.get(signingOutKey) && this.closeSession()))
  }

  get hint(): SessionHint | null {
    return storage.get<SessionHint>(hintKey)
  }

  set hint(hint: SessionHint) {
    storage.set(hintKey, hint)
  }

  /** The token to send; renews it first when it is about to expire. Null when nobody is signed in. */
  async current(): Promise<string | null> {
    if (this.goodToken) return this.goodToken.value
    return this.hint || this.token ? this.renew(this.token?.value) : null
  }

  /** Another token than `refused`. Null when the session has ended; throws when that could not be found out. */
  renew(refused?: string): Promise<string | null> {
    const token = this.goodToken
    if (token && token.value !== refused) return Promise.resolve(token.value)
    this.renewing ??= exclusively(lock, () => this.renewAlone(refused)).finally(() => (this.renewing = null))
    return this.renewing
  }

  async signIn(username: string, password: string, second?: SecondFactorGiven): Promise<void> {
    await this.open(() => openSession(username, password, second))
    this.hint = { username, avatar: null }
  }

  /** Whose it is shows with the first request. */
  signInWithPasskey(credential: object): Promise<void> {
    return this.open(() => openPasskeySession(credential))
  }

  private async open(ask: () => Promise<AccessTokenAnswer>): Promise<void> {
    const answer = await exclusively(lock, ask)
    storage.remove(signingOutKey)
    this.channel.post({ kind: 'signed-in', token: this.keep(answer) })
  }

  /** Signed out when the server knows it; after some seconds in vain here alone, and on the server as soon as it is reached. */
  async signOut(): Promise<void> {
    storage.set(signingOutKey, true)
    await Promise.race([this.closeSession(), pause(signOutMayTake)])
    this.forget()
    this.channel.post({ kind: 'ended', how: 'elsewhere' })
  }

  private async closeSession(): Promise<void> {
    try {
      await exclusively(lock, closeSession)
      storage.remove(signingOutKey)
    } catch {
      // Stays noted.
    }
  }

  private async renewAlone(refused?: string): Promise<string | null> {
    // Signed out while this waited for the lock.
    if (!this.hint && !this.token) return null
    const given = await this.tokenOfOtherTab(refused)
    if (given) return given
    await this.waitForAbandonedRefresh()
    storage.set(refreshingKey, Date.now())
    try {
      const token = this.keep(await refreshSession())
      this.channel.post({ kind: 'token', token })
      return token.value
    } catch (error) {
      if (!(error instanceof ApiError) || (error.status !== 401 && error.status !== 403)) throw error
      this.forget()
      this.channel.post({ kind: 'ended', how: 'expired' })
      this.events.ended('expired')
      return null
    } finally {
      storage.remove(refreshingKey)
    }
  }

  /** A tab that waited for the lock, or has just been opened, takes the token that another one has. */
  private async tokenOfOtherTab(refused?: string): Promise<string | null> {
    const usable = () => (this.goodToken?.value !== refused ? (this.goodToken?.value ?? null) : null)
    if (usable() || !(await someTabHas(holders))) return usable()
    this.channel.post({ kind: 'ask' })
    await Promise.race([pause(answerOfOtherTabs), new Promise<void>((resolve) => this.waiters.push(resolve))])
    this.waiters = []
    return usable()
  }

  /** A page that was left in the middle of a refresh has given up its lock, but its request may still be running. */
  private async waitForAbandonedRefresh(): Promise<void> {
    const begun = storage.get<number>(refreshingKey)
    if (begun === null) return
    const left = begun + refreshMayTake - Date.now()
    if (left > 0 && left <= refreshMayTake) await pause(left)
  }

  private keep(answer: AccessTokenAnswer): Token {
    const lifetime = answer.expires_in * 1000
    return this.hold({ value: answer.access_token, renewAt: Date.now() + lifetime - Math.min(margin, lifetime / 4) })
  }

  private hold(token: Token): Token {
    if (!this.token) makeKnown(holders)
    this.token = token
    clearTimeout(this.timer)
    // The tabs that sleep meanwhile renew it with their next request.
    const wait = Math.min(Math.max(token.renewAt - Date.now(), 1_000), 2 ** 31 - 1)
    this.timer = setTimeout(() => void this.renew(token.value).catch(() => {}), wait)
    return token
  }

  private forget(): void {
    this.token = null
    clearTimeout(this.timer)
    storage.remove(hintKey)
  }

  private receive(message: Message): void {
    switch (message.kind) {
      case 'ask':
        if (this.goodToken) this.channel.post({ kind: 'token', token: this.goodToken })
        break
      case 'token':
        if (message.token.renewAt > (this.token?.renewAt ?? 0)) this.hold(message.token)
        this.waiters.forEach((resolve) => resolve())
        break
      case 'signed-in':
        this.hold(message.token)
        this.events.signedInElsewhere()
        break
      case 'ended':
        this.forget()
        this.events.ended(message.how)
        break
    }
  }

  private get goodToken(): Token | null {
    return this.token && this.token.renewAt > Date.now() ? this.token : null
  }
}
