import type { RouteLocationNormalized } from 'vue-router'

const home = '/home'

/** Where to go after signing in or up: the page that asked for it, or home. */
export function pathAfterSignIn({ query }: Pick<RouteLocationNormalized, 'query'>): string {
  return ownPath(query.next)
}

/** Only paths of this site: the address, and with it the query, can be anybody's. */
function ownPath(next: unknown): string {
  if (typeof next !== 'string' || !next.startsWith('/') || !URL.canParse(next, location.origin)) return home
  // Read as the browser would read it: it ignores tabs and newlines, and takes a backslash for a slash.
  const url = new URL(next, location.origin)
  if (url.origin !== location.origin || url.pathname.startsWith('//')) return home
  return url.pathname + url.search + url.hash
}
