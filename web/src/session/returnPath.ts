import type { RouteLocationNormalized } from 'vue-router'

const home = '/home'

/** Where to go after signing in: the page that asked for it, or home. A new account always begins at home. */
export function pathAfterSignIn(route: Pick<RouteLocationNormalized, 'name' | 'query'>): string {
  return route.name === 'sign-up' ? home : ownPath(route.query.next)
}

/** Only paths of this site: the address, and with it the query, can be anybody's. */
function ownPath(next: unknown): string {
  if (typeof next !== 'string' || !next.startsWith('/') || !URL.canParse(next, location.origin)) return home
  // Read as the browser would read it: it ignores tabs and newlines, and takes a backslash for a slash.
  const url = new URL(next, location.origin)
  if (url.origin !== location.origin || url.pathname.startsWith('//')) return home
  return url.pathname + url.search + url.hash
}
