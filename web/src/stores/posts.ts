import { defineStore } from 'pinia'
import { reactive, watch } from 'vue'
import type { Post } from '@/api/types'
import { useRelationStore } from './relations'
import { useSessionStore } from './session'

/** Every post that was read, once: a like or an edit in one list shows in all of them. */
export const usePostStore = defineStore('posts', () => {
  const posts = reactive(new Map<number, Post>())
  /** Deleted, or about to be: lists skip them. */
  const gone = reactive(new Set<number>())
  /** The filters that fold a post in a list, by the list's key and the post: what is folded in one place need not be in another. */
  const folds = reactive(new Map<string, Post['filtered']>())
  /** Shown although a filter folds them. */
  const unfolded = reactive(new Set<number>())
  const session = useSessionStore()
  const relations = useRelationStore()

  watch(() => session.generation, clear, { flush: 'sync' })

  /**
   * Takes in what the server answered, for the lists of those keys. What the stream sends does not know whether the viewer
   * likes or has bookmarked the post.
   */
  function remember({ filtered, ...post }: Post, ...lists: string[]): void {
    for (const list of lists) {
      if (filtered) folds.set(foldKey(list, post.id), filtered)
      else folds.delete(foldKey(list, post.id))
    }
    const known = posts.get(post.id)
    if (!known) posts.set(post.id, { ...post })
    else Object.assign(known, { bookmarked: null }, post, post.liked === null ? { liked: known.liked, bookmarked: known.bookmarked } : {}, post.parent_username ? {} : { parent_username: known.parent_username })
  }

  /** Takes in a post that has just been written; the post that it answers has one reply more. */
  function welcome(post: Post, ...lists: string[]): void {
    if (!posts.has(post.id)) countReply(post.parent_id, 1)
    remember(post, ...lists)
  }

  function rememberAll(items: Post[], list?: string): number[] {
    items.forEach((x) => remember(x, ...(list === undefined ? [] : [list])))
    return items.map((x) => x.id)
  }

  const find = (id: number) => (gone.has(id) ? undefined : posts.get(id))

  const isGone = (id: number) => gone.has(id)

  const foldKey = (list: string, id: number) => `${list} ${id}`

  /** The filter that folds a post in a list, or one that is in none, until somebody wants to see it all the same. */
  function foldedBy(post: Post, list?: string) {
    if (unfolded.has(post.id)) return undefined
    return (list === undefined ? post.filtered : folds.get(foldKey(list, post.id)))?.[0]
  }

  function unfold(id: number): void {
    unfolded.add(id)
  }

  /** Those of a list, without the authors whom the viewer has blocked or muted. */
  function pick(ids: number[]): Post[] {
    return ids.map(find).filter((x) => x !== undefined && !relations.hides(x.user_id)) as Post[]
  }

  /** As `pick`, for lists of one author, whom the viewer looks up: a mute does not hide them there. */
  function pickAllOf(ids: number[]): Post[] {
    return ids.map(find).filter((x) => x !== undefined)
  }

  function markGone(id: number): void {
    gone.add(id)
  }

  function bringBack(id: number): void {
    gone.delete(id)
  }

  function showLiked(id: number, liked: boolean): void {
    const post = posts.get(id)
    if (!post || (post.liked === true) === liked) return
    post.liked = liked
    post.likes_count = Math.max(0, post.likes_count + (liked ? 1 : -1))
  }

  function showBookmarked(id: number, bookmarked: boolean): void {
    const post = posts.get(id)
    if (post) post.bookmarked = bookmarked
  }

  function showPinned(id: number, pinned: boolean): void {
    const post = posts.get(id)
    if (post) post.pinned = pinned
  }

  /** Counts a reply that was written or deleted, when the post it answers is known. */
  function countReply(parentId: number | null, change: 1 | -1): void {
    const parent = parentId === null ? undefined : posts.get(parentId)
    if (parent) parent.replies_count = Math.max(0, parent.replies_count + change)
  }

  function clear(): void {
    posts.clear()
    gone.clear()
    folds.clear()
    unfolded.clear()
  }

  return { find, isGone, foldedBy, unfold, pick, pickAllOf, remember, rememberAll, welcome, markGone, bringBack, showLiked, showBookmarked, showPinned, countReply, clear }
})
