import type { RouteLocationNormalized } from 'vue-router'

const home = '/home'

/** Where to go after signing in or up: the page that asked for it, or home. */
export function pathAfterSignIn({ query }: Pick<RouteLocationNormalized, 'query'>): string {
  return ownPath(query.next)
}

/** Where somebody comes back to who has to sign in for it. Whatever asks for a sign-in of its own (`force_login`) has then had it. */
export function pathBack({ fullPath, query }: Pick<RouteLocationNormalized, 'fullPath' | 'query'>): string {
  if (query.force_login === undefined) return fullPath
  const { pathname, searchParams, hash } = new URL(fullPath, location.origin)
  searchParams.delete('force_login')
  return `${pathname}?${searchParams}${hash}`
}

/** Only paths of this site: the address, and with it the query, can be anybody's. */
function ownPath(next: unknown): string {
  if (typeof next !== 'string' || !next.startsWith('/') || !URL.canParse(next, location.origin)) return home
  // Read as the browser would read it: it ignores tabs and newlines, and takes a backslash for a slash.
  const url = new URL(next, location.origin)
  if (url.origin !== location.origin || url.pathname.startsWith('//')) return home
  return url.pathname + url.search + url.hash
}
