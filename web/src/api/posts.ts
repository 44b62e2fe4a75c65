import { limits } from '@/limits'
import type { Visibility } from '@/visibility'
import { request, requestPage, type Page } from './client'
import type { Post, PostWithReplies } from './types'

export const readPost = (id: number) => request<PostWithReplies>(`/post/${id}/`)

/** What puts a post into the page of another site, as HTML. */
export const readEmbed = (url: string) => request<{ html: string }>('/oembed', { query: { url } })

export const readAncestors = (id: number) => request<Post[]>(`/post/${id}/ancestors/`)

export const createPost = (
  text: string,
  parentId: number | null,
  visibility: Visibility,
  mediaIds: number[],
  sensitive: boolean,
  idempotencyKey: string,
) =>
  request<Post>('/post/', {
    method: 'POST',
    // Left out where there are none: what an earlier version of this client has begun to send is the same request still.
    json: { text, parent_id: parentId, visibility, ...(mediaIds.length > 0 && { media_ids: mediaIds, ...(sensitive && { sensitive }) }) },
    idempotencyKey,
  })

/** A post's pictures from now on, and whether they are covered; what is left out stays as it is. */
export interface PictureChange {
  media_ids?: number[]
  sensitive?: boolean
}

export const editPost = (id: number, text: string, change: PictureChange) =>
  request<Post>(`/post/${id}/`, { method: 'PATCH', json: { text, ...change } })

export const deletePost = (id: number, keepalive = false) =>
  request<void>(`/post/${id}/`, { method: 'DELETE', keepalive })

export const likePost = (id: number) => request<unknown>(`/post/${id}/like/`, { method: 'POST' })

export const unlikePost = (id: number) => request<void>(`/post/${id}/like/`, { method: 'DELETE' })

export const bookmarkPost = (id: number) => request<unknown>(`/post/${id}/bookmark/`, { method: 'POST' })

export const unbookmarkPost = (id: number) => request<void>(`/post/${id}/bookmark/`, { method: 'DELETE' })

export const pinPost = (id: number) => request<Post>(`/post/${id}/pin/`, { method: 'PUT' })

export const unpinPost = (id: number) => request<void>(`/post/${id}/pin/`, { method: 'DELETE' })

/** Everyone's posts that came after the one with this id; all when it is null, since there was none. */
export const listPostsAfter = (id: number | null): Promise<Page<Post>> =>
  requestPage<Post>('/post/', { query: { after: id, limit: limits.longestPage } })
