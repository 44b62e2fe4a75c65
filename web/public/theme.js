// The theme somebody chose in the settings. Runs before the first paint; src/composables/useTheme.ts writes the key.
try {
  const theme = localStorage.getItem('pamps-theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Storage is off; the system's theme it is.
}
