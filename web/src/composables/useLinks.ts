import { useRouter } from 'vue-router'

/** Whether a click on a link is for the page itself: a new tab or window, or a download, is the browser's business. */
export const isPlainClick = (event: MouseEvent) =>
  !event.defaultPrevented && event.button === 0 && !event.metaKey && !event.altKey && !event.ctrlKey && !event.shiftKey

/**
 * For links within the client that there are many of. RouterLink is a component that watches the address for each of
 * them; in a list of posts that would be half of the work. A click on a plain link with `follow` does the same.
 */
export function useLinks() {
  const router = useRouter()

  function follow(event: MouseEvent): void {
    if (!isPlainClick(event)) return
    event.preventDefault()
    const { pathname, search, hash } = event.currentTarget as HTMLAnchorElement
    void router.push(pathname + search + hash)
  }

  return { follow }
}
