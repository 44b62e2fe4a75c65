import { storage } from '@/session/browserTabs'

/** The first page of a list as it was when it was last read, for the time without a connection. */
export interface KeptList {
  username: string
  /** When it was read, in ISO 8601. */
  at: string
  items: unknown[]
}

const keyOf = (list: string) => `pamps-kept-${list}`

export function keepList(list: string, username: string | null, items: unknown[]): void {
  if (username) storage.set(keyOf(list), { username, at: new Date().toISOString(), items } satisfies KeptList)
}

/** What was kept for this person; null when nothing was. */
export function keptList(list: string, username: string | null): KeptList | null {
  const kept = storage.get<KeptList>(keyOf(list))
  return kept && kept.username === username ? kept : null
}

/** Whoever comes next to this computer finds nothing. */
export function forgetKeptLists(): void {
  for (const key of storage.keys().filter((x) => x.startsWith(keyOf('')))) storage.remove(key)
}
