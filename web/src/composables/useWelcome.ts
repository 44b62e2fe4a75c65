import { readonly, ref } from 'vue'

const isNew = ref(false)

/** Whether somebody has just made an account here and is to be welcomed. */
export function useWelcome() {
  return {
    isNew: readonly(isNew),
    begin: () => void (isNew.value = true),
    end: () => void (isNew.value = false),
  }
}
