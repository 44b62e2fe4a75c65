import { ref, shallowRef } from 'vue'
import type { Post } from '@/api/types'
import { useSignInGate } from './useSignInGate'

const isOpen = ref(false)
const replyTo = shallowRef<Post | null>(null)

/** The dialog in which a post is written; there is one, opened from anywhere. */
export function useComposerDialog() {
  const { mayGoOn } = useSignInGate()

  function open(parent: Post | null = null): void {
    if (!mayGoOn()) return
    replyTo.value = parent
    isOpen.value = true
  }

  return { isOpen, replyTo, open }
}
