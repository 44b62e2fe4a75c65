import { computed, defineAsyncComponent, ref, shallowRef, type Component } from 'vue'
import { pause } from './session/browserTabs'

// The client's parts: the files of pages, dialogs and languages, which are loaded when they are needed. One can be out of
// reach, and after an upgrade an older page asks for one that the server does not have any more.

type Load<T> = () => Promise<T>

interface LostPart {
  error: LostPartError
  retry(): void
}

const waiting = ref(0)
const isVisiting = ref(false)
/** Whether somebody waits for a page or a part of one. */
export const isWaiting = computed(() => isVisiting.value || waiting.value > 0)

/** What somebody waited for in vain. */
export const lost = shallowRef<LostPart | null>(null)

/** True once a part was gone: the next page is taken whole. */
let isOutdated = false

/** A part could not be loaded. */
export class LostPartError extends Error {
  override readonly name = 'LostPartError'

  /** @param isGone The server answers, but does not have it: only the whole page helps. */
  constructor(
    message: string,
    readonly isGone: boolean,
  ) {
    super(message)
  }
}

// Vite asks for a style once, and would draw the part without it at the second try.
const failedStyles = new Set<HTMLLinkElement>()
addEventListener(
  'error',
  ({ target }) => void (target instanceof HTMLLinkElement && target.rel === 'stylesheet' && failedStyles.add(target)),
  true,
)

/**
 * Loads a part, and tries again at once: another instance behind the same proxy may have it. Throws LostPartError in the
 * end.
 */
export async function load<T>(part: Load<T>): Promise<T> {
  const waits = [200, 800]
  for (;;) {
    try {
      await Promise.all([...failedStyles].map(askAgain))
      return await part()
    } catch (error) {
      const wait = waits.shift()
      if (wait === undefined || !navigator.onLine) {
        isOutdated ||= await serverAnswers()
        throw new LostPartError(String(error), isOutdated)
      }
      await pause(wait)
    }
  }
}

function askAgain(style: HTMLLinkElement): Promise<void> {
  failedStyles.delete(style)
  const again = style.cloneNode() as HTMLLinkElement
  style.replaceWith(again)
  return new Promise((resolve, reject) => {
    again.addEventListener('load', () => resolve())
    again.addEventListener('error', reject)
  })
}

async function serverAnswers(): Promise<boolean> {
  try {
    return (await fetch('/config/', { cache: 'no-store' })).ok
  } catch {
    return false
  }
}

/**
 * Loads a part that somebody has asked for by a click, so that the click is not lost: shows that it is on its way, and
 * offers another try when it does not come. Resolves once it is there, which may be never.
 */
export async function waitFor<T>(part: Load<T>): Promise<T> {
  for (;;) {
    try {
      waiting.value++
      return await load(part).finally(() => waiting.value--)
    } catch (error) {
      await new Promise<void>((retry) => lose(error as LostPartError, location.href, retry))
    }
  }
}

/** Loads a part that nobody waits for, however long that takes. */
export async function loadInTime<T>(part: Load<T>): Promise<T> {
  for (;;) {
    try {
      return await load(part)
    } catch {
      // It never comes, but the next page is taken whole.
      if (isOutdated) await new Promise(() => {})
      await backOnline()
    }
  }
}

/** Or half a minute later: browsers do not always know. */
function backOnline(): Promise<void> {
  return new Promise((resolve) => {
    addEventListener('online', () => resolve(), { once: true })
    setTimeout(resolve, 30_000)
  })
}

/** A component that comes by itself, and is drawn when it has come. */
export const partComponent = (part: Load<Component | { default: Component }>) => defineAsyncComponent(() => loadInTime(part))

/** Whether pages are taken whole from now on, since the server has another client than this one. */
export const takesPagesWhole = () => isOutdated

export function beginVisit(): void {
  lost.value = null
  isVisiting.value = true
}

export function endVisit(): void {
  isVisiting.value = false
}

/**
 * Takes the whole page at `address` when a part of it is gone; says so where that has not helped, or the server is out of
 * reach.
 */
export function lose(error: LostPartError, address: string, again: () => void): void {
  if (error.isGone && window.pampsReload?.(address, 1)) return
  const retry = () => {
    lost.value = null
    again()
  }
  lost.value = { error, retry: error.isGone ? () => location.assign(address) : retry }
}

// Whoever pushes an address does not wait for the page; it is told here.
addEventListener('unhandledrejection', (event) => {
  if (event.reason instanceof LostPartError) event.preventDefault()
})
