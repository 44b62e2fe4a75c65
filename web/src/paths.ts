import type { Post } from '@/api/types'

// The addresses of the router that links of posts lead to.

export const userPath = (username: string) => `/@${encodeURIComponent(username)}`

export const postPath = ({ username, id }: Pick<Post, 'username' | 'id'>) => `${userPath(username)}/${id}`

export const tagPath = (tag: string) => `/tag/${encodeURIComponent(tag)}`
