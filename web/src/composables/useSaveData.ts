import { reactive, ref } from 'vue'

// src/firstPaint.js reads it before anything is loaded.
const storageKey = 'pamps-save-data'

interface Connection {
  saveData?: boolean
}

function stored(): boolean {
  const asked = (navigator as Navigator & { connection?: Connection }).connection?.saveData === true
  try {
    return JSON.parse(localStorage.getItem(storageKey) ?? String(asked)) === true
  } catch {
    return asked
  }
}

const savesData = ref(stored())
/** The ids of pictures that somebody wanted to see all the same. */
const wanted = reactive(new Set<number>())

/** Whether pictures of posts wait until they are tapped: as chosen here, or else as the browser says. */
export function useSaveData() {
  function choose(value: boolean): void {
    savesData.value = value
    try {
      localStorage.setItem(storageKey, String(value))
    } catch {
      // Holds until the page is left.
    }
  }

  const isHeldBack = (id: number) => savesData.value && !wanted.has(id)
  const want = (id: number) => void wanted.add(id)

  return { savesData, choose, isHeldBack, want }
}
