import { ref, shallowRef } from 'vue'
import type { Post } from '@/api/types'
import { waitFor } from '@/parts'
import { postPath } from '@/paths'
import { useSignInGate } from './useSignInGate'

export const loadComposer = () => import('@/components/post/PostComposerDialog.vue')

const isOpen = ref(false)
const replyTo = shallowRef<Post | null>(null)

/** The dialog in which a post is written; there is one, opened from anywhere. */
export function useComposerDialog() {
  const { mayGoOn } = useSignInGate()

  function open(parent: Post | null = null): void {
    if (!mayGoOn({ next: parent ? postPath(parent) : '/home' })) return
    void waitFor(loadComposer).then(() => {
      replyTo.value = parent
      isOpen.value = true
    })
  }

  const close = () => void (isOpen.value = false)

  return { isOpen, replyTo, open, close }
}
