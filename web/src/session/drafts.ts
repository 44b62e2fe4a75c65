import { storage } from './browserTabs'

/** Where this browser keeps what somebody has begun to write, so that neither a reload nor an expired login loses it. */
export const draftPrefix = (username: string | null) => `pamps-draft-${username}-`

/** Whoever signs out leaves nothing to who comes next to this computer. */
export function forgetDrafts(username: string | null): void {
  for (const key of storage.keys().filter((x) => x.startsWith(draftPrefix(username)))) storage.remove(key)
}
