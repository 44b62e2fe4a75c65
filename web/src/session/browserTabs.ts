// What the tabs of one browser share: exclusive locks, messages and values kept in storage.
// navigator.locks and crypto.randomUUID are missing on plain http (a server in the local network), hence the fallbacks.

/** Runs `work` while no other tab runs anything under the same name. */
export async function exclusively<T>(name: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  if (navigator.locks) return (await navigator.locks.request(name, { signal }, work)) as T
  return withLease(name, work, signal)
}

/** Lets other tabs know by `someTabHas` that this one is there, until it is closed. */
export function makeKnown(name: string): void {
  void navigator.locks?.request(name, { mode: 'shared' }, () => new Promise(() => {})).catch(() => {})
}

/** Whether some tab has made itself known under this name; true where that cannot be found out. */
export async function someTabHas(name: string): Promise<boolean> {
  if (!navigator.locks) return true
  const { held } = await navigator.locks.query()
  return held?.some((x) => x.name === name) ?? true
}

const leaseLasts = 4_000
const leaseSettles = 60

/**
 * A lock in localStorage: a tab writes its name, waits until every other tab that tried at the same moment has written
 * too, and holds the lease if its own name is the one that stayed. Renewed while held, free again when it grows old.
 */
async function withLease<T>(name: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  const key = `pamps-lease-${name}`
  const me = randomId()
  const write = () => storage.set(key, { holder: me, until: Date.now() + leaseLasts })
  const read = () => storage.get<{ holder: string; until: number }>(key)
  for (;;) {
    signal?.throwIfAborted()
    if ((read()?.until ?? 0) < Date.now()) {
      write()
      await pause(leaseSettles + Math.random() * leaseSettles)
      if (read()?.holder === me) break
    }
    await pause(150 + Math.random() * 150)
  }
  const renewal = setInterval(write, leaseLasts / 4)
  try {
    return await work()
  } finally {
    clearInterval(renewal)
    if (read()?.holder === me) storage.remove(key)
  }
}

/** A random UUID (version 4). */
export function randomId(): string {
  if (crypto.randomUUID) return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Array.from(bytes, (x) => x.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** Messages between the tabs; a tab does not hear itself. */
export interface TabChannel<M> {
  post(message: M): void
  onMessage(handle: (message: M) => void): void
}

export function openChannel<M>(name: string): TabChannel<M> {
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name)
  return {
    post: (message) => channel?.postMessage(message),
    onMessage: (handle) => channel?.addEventListener('message', (event) => handle(event.data as M)),
  }
}

/** localStorage with JSON in it; does nothing where the browser forbids storage. */
export const storage = {
  get<T>(key: string): T | null {
    try {
      return JSON.parse(localStorage.getItem(key) ?? 'null') as T | null
    } catch {
      return null
    }
  },
  set(key: string, value: unknown): void {
    try {
      localStorage.setItem(key, JSON.stringify(value))
    } catch {
      // Full or forbidden: the page works on without it.
    }
  },
  remove(key: string): void {
    try {
      localStorage.removeItem(key)
    } catch {
      // As above.
    }
  },
  keys(): string[] {
    try {
      return Object.keys(localStorage)
    } catch {
      return []
    }
  },
}

export const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))
