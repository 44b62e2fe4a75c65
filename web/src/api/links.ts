/** The paths in a Link header (RFC 8288) that lead through a list. */
export function pageLinks(header: string | null): { next: string | null; prev: string | null } {
  const links: { next: string | null; prev: string | null } = { next: null, prev: null }
  for (const [, target, relation] of (header ?? '').matchAll(/<([^>]*)>[^,<]*?;\s*rel="?(next|prev)"?/g)) {
    links[relation as 'next' | 'prev'] = toPath(target!)
  }
  return links
}

/** Only the path is kept: behind a proxy the server may not know its own outer address. */
function toPath(address: string): string {
  const url = new URL(address, 'http://localhost')
  return url.pathname + url.search
}
