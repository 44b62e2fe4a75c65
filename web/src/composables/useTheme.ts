import { ref, watchEffect } from 'vue'

export type Theme = 'system' | 'light' | 'dark'

// src/firstPaint.js reads it before the first paint.
const storageKey = 'pamps-theme'

function stored(): Theme {
  try {
    const value = localStorage.getItem(storageKey)
    return value === 'light' || value === 'dark' ? value : 'system'
  } catch {
    return 'system'
  }
}

const theme = ref<Theme>(stored())

watchEffect(() => {
  const root = document.documentElement
  if (theme.value === 'system') delete root.dataset.theme
  else root.dataset.theme = theme.value
})

/** The colours of the page: the system's, or the ones chosen. */
export function useTheme() {
  function choose(value: Theme): void {
    theme.value = value
    try {
      if (value === 'system') localStorage.removeItem(storageKey)
      else localStorage.setItem(storageKey, value)
    } catch {
      // Holds until the page is left.
    }
  }

  return { theme, choose }
}
