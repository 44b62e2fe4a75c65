import { onMounted, onUnmounted, ref, shallowRef } from 'vue'
import type { Post } from '@/api/types'
import { waitFor } from '@/parts'
import { postPath } from '@/paths'
import { useSignInGate } from './useSignInGate'

export const loadComposer = () => import('@/components/post/PostComposerDialog.vue')

const isOpen = ref(false)
const replyTo = shallowRef<Post | null>(null)

/** A composer that is part of a page. */
interface PageComposer {
  /** What it answers; null when it writes something new. */
  parentId(): number | null
  element(): HTMLElement | null
  focus(): void
}

const inPage = new Set<PageComposer>()

/** Lets the page's own composer be the one that is opened, as long as it is in sight. */
export function usePageComposer(composer: PageComposer): void {
  onMounted(() => inPage.add(composer))
  onUnmounted(() => inPage.delete(composer))
}

function isInSight({ element }: PageComposer): boolean {
  const { top = -1, bottom = 0 } = element()?.getBoundingClientRect() ?? {}
  return top >= 0 && bottom <= innerHeight
}

/** The dialog in which a post is written; there is one, opened from anywhere. */
export function useComposerDialog() {
  const { mayGoOn } = useSignInGate()

  function open(parent: Post | null = null): void {
    if (!mayGoOn({ next: parent ? postPath(parent) : '/home' })) return
    const there = [...inPage].find((x) => x.parentId() === (parent?.id ?? null) && isInSight(x))
    if (there) return there.focus()
    void waitFor(loadComposer).then(() => {
      replyTo.value = parent
      isOpen.value = true
    })
  }

  const close = () => void (isOpen.value = false)

  return { isOpen, replyTo, open, close }
}
