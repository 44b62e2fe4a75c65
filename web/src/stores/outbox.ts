import { defineStore } from 'pinia'
import { reactive, watch } from 'vue'
import { isTemporary, isTooMuch } from '@/api/errors'
import { createPost } from '@/api/posts'
import type { Picture, Post } from '@/api/types'
import { randomId, storage } from '@/session/browserTabs'
import { draftPrefix } from '@/session/drafts'
import type { Visibility } from '@/visibility'
import { useListStore } from './lists'
import { usePostStore } from './posts'
import { useSessionStore } from './session'

/** Where something is being written: a new post, the reply to the post with this id, or that post anew. */
export type DraftContext = 'new' | `reply-${number}` | `change-${number}`

export interface Draft {
  text: string
  visibility: Visibility
  /** Sent already, and shown once the post is. */
  pictures: Picture[]
  /** Whether they are covered until somebody wants to see them. */
  sensitive: boolean
  /** Whether they were when the draft was begun. */
  wasSensitive: boolean
  /** What the next draft of this context begins with. */
  start: Visibility
  state: 'writing' | 'sending' | 'waiting'
  error: unknown
}

/** What is kept in the browser, so that neither a reload nor a crash loses it. */
interface StoredDraft {
  text: string
  /** Missing in those that an older version has stored. */
  visibility?: Visibility
  pictures?: Picture[]
  sensitive?: boolean
  wasSensitive?: boolean
  /** Set while the post is on its way; sending it again under the same key cannot post it twice. */
  key: string | null
  keyMadeAt: number
}

const firstWait = 1_000
const longestWait = 30_000
/** The server remembers keys for a day. */
const keyLasts = 23 * 3_600_000

export const contextOf = (parentId: number | null): DraftContext => (parentId === null ? 'new' : `reply-${parentId}`)

const parentOf = (context: DraftContext) => (context === 'new' ? null : Number(context.slice('reply-'.length)))

/** Drafts and posts on their way to the server. */
export const useOutboxStore = defineStore('outbox', () => {
  const session = useSessionStore()
  const posts = usePostStore()
  const lists = useListStore()
  const drafts = reactive(new Map<DraftContext, Draft>())
  let wake: (() => void)[] = []

  addEventListener('online', wakeAll)
  addEventListener('storage', followOtherTab)
  watch(
    () => session.generation,
    () => {
      drafts.clear()
      wakeAll()
      resume()
    },
    { flush: 'sync' },
  )

  const prefix = () => draftPrefix(session.username)
  const read = (context: DraftContext) => storage.get<StoredDraft>(prefix() + context)

  /** The draft of a context, as it was left; a new one begins with what is given. */
  function open(
    context: DraftContext,
    visibility: Visibility = 'public',
    text = '',
    pictures: Picture[] = [],
    sensitive = false,
  ): Draft {
    if (!drafts.has(context)) {
      const left = { visibility, text, pictures, sensitive, wasSensitive: sensitive, ...read(context) }
      drafts.set(context, {
        text: left.text,
        visibility: left.visibility,
        pictures: left.pictures,
        sensitive: left.sensitive,
        wasSensitive: left.wasSensitive,
        start: visibility,
        state: 'writing',
        error: null,
      })
    }
    return drafts.get(context)!
  }

  function write(context: DraftContext, change: Partial<Pick<Draft, 'text' | 'visibility' | 'pictures' | 'sensitive'>>): void {
    const draft = open(context)
    Object.assign(draft, change)
    draft.error = null
    keep(context, draft, null)
  }

  /**
   * Sends the draft, and sends it again until the server has answered. Returns the post, or null when it was refused
   * (the draft then says why) or taken back.
   */
  async function send(context: DraftContext): Promise<Post | null> {
    const draft = open(context)
    if (draft.state !== 'writing' || !(draft.text.trim() || draft.pictures.length)) return null
    const owner = prefix()
    const key = usableKey(read(context)) ?? randomId()
    keep(context, draft, key)
    draft.error = null
    draft.state = 'sending'
    for (let wait = firstWait; ; wait = Math.min(wait * 2, longestWait)) {
      try {
        const ids = draft.pictures.map((x) => x.id)
        const post = await createPost(draft.text, parentOf(context), draft.visibility, ids, draft.sensitive, key)
        storage.remove(owner + context)
        Object.assign(draft, { text: '', visibility: draft.start, pictures: [], sensitive: false, state: 'writing', error: null })
        if (owner === prefix()) show(post)
        return post
      } catch (error) {
        draft.error = error
        if (!isTemporary(error)) {
          draft.state = 'writing'
          // Too much for now, an earlier attempt may have been carried out: the next one is the same request.
          if (owner === prefix()) keep(context, draft, isTooMuch(error) ? key : null)
          return null
        }
      }
      if (isTakenBack(draft)) return null
      draft.state = 'waiting'
      await sleep(wait * (0.75 + Math.random() / 2))
      // Taken back, or somebody else is signed in by now: the stored draft waits for its owner.
      if (isTakenBack(draft) || owner !== prefix()) return null
      draft.state = 'sending'
    }
  }

  const isTakenBack = (draft: Draft) => draft.state === 'writing'

  /** Stops the attempts, to go on writing. */
  function takeBack(context: DraftContext): void {
    const draft = open(context)
    draft.state = 'writing'
    draft.error = null
    keep(context, draft, null)
    wakeAll()
  }

  /** Forgets what was written. */
  function drop(context: DraftContext): void {
    drafts.delete(context)
    storage.remove(prefix() + context)
  }

  /** Sends what an earlier visit could not. */
  function resume(): void {
    if (!session.isSignedIn) return
    for (const name of storage.keys().filter((x) => x.startsWith(prefix()))) {
      const context = name.slice(prefix().length) as DraftContext
      if (usableKey(read(context))) void send(context)
    }
  }

  /** Puts the viewer's own post where it belongs, in every list that shows such posts. */
  function show(post: Post): void {
    posts.welcome(post)
    lists.place(post, true)
  }

  function keep(context: DraftContext, { text, visibility, pictures, sensitive, wasSensitive }: Draft, key: string | null): void {
    const stored = { text, visibility, pictures, sensitive, wasSensitive, key, keyMadeAt: Date.now() } satisfies StoredDraft
    if (text || pictures.length) storage.set(prefix() + context, stored)
    else storage.remove(prefix() + context)
  }

  function followOtherTab(event: StorageEvent): void {
    if (!event.key?.startsWith(prefix())) return
    const draft = drafts.get(event.key.slice(prefix().length) as DraftContext)
    if (draft?.state !== 'writing') return
    const { text = '', visibility = draft.visibility, pictures = [], sensitive = false } = storage.get<StoredDraft>(event.key) ?? {}
    Object.assign(draft, { text, visibility, pictures, sensitive })
  }

  function sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      setTimeout(resolve, milliseconds)
      wake.push(resolve)
    })
  }

  function wakeAll(): void {
    wake.forEach((resolve) => resolve())
    wake = []
  }

  return { open, write, send, takeBack, drop, resume }
})

function usableKey(stored: StoredDraft | null): string | null {
  return stored?.key && Date.now() - stored.keyMadeAt < keyLasts ? stored.key : null
}
