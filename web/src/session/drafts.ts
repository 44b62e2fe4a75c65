import { storage } from './browserTabs'

/** Where this browser keeps what somebody has begun to write, so that neither a reload nor an expired login loses it. */
export const draftPrefix = (username: string | null) => `pamps-draft-${username}-`

const keysOf = (username: string | null) => storage.keys().filter((x) => x.startsWith(draftPrefix(username)))

export const hasDrafts = (username: string | null) => keysOf(username).length > 0

/** Whoever signs out leaves nothing to who comes next to this computer. */
export function forgetDrafts(username: string | null): void {
  for (const key of keysOf(username)) storage.remove(key)
}

const leftKey = 'pamps-left'

/** Keeps them for who signs in anew at once, or turns out to be somebody else. */
export const leaveDrafts = (username: string | null) => storage.set(leftKey, username)

/** Whether they were left by somebody else than who has signed in now; they are forgotten then. */
export function takeDrafts(username: string): boolean {
  const left = storage.get<string>(leftKey)
  storage.remove(leftKey)
  if (left === null || left === username) return false
  forgetDrafts(left)
  return true
}
