/** What somebody wanted to do who was not signed in. */
export type Deed = { kind: 'like'; id: number } | { kind: 'follow'; username: string }

// Of this tab alone, and never of an address, which can be anybody's.
const key = 'pamps-deed'

/** Keeps it until somebody signs in here. */
export function keepDeed(deed: Deed): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(deed))
  } catch {
    // Storage is off; it has to be done again by hand.
  }
}

export function keptDeed(): Deed | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null') as Deed | null
  } catch {
    return null
  }
}

export function forgetDeed(): void {
  try {
    sessionStorage.removeItem(key)
  } catch {
    // There is none.
  }
}
