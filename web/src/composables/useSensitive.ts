import { ref } from 'vue'
import { storage } from '@/session/browserTabs'

const storageKey = 'pamps-show-sensitive'

/** Whether pictures that are said to be sensitive are shown like others, as chosen in this browser. */
export const showsSensitive = ref(storage.get<boolean>(storageKey) === true)

export function chooseSensitive(value: boolean): void {
  showsSensitive.value = value
  storage.set(storageKey, value)
}
