// Stands in the page itself and runs before anything is painted; what it reads is written elsewhere under these keys.
try {
  const root = document.documentElement
  const theme = localStorage.getItem('pamps-theme')
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme
  // The server draws for a stranger who reads what the browser says; for anyone else it is not to be seen.
  const locale = localStorage.getItem('pamps-locale')
  if (localStorage.getItem('pamps-session') || (locale && locale !== `"${root.lang}"`)) root.dataset.frame = 'bare'
} catch {
  // Storage is off; the system's theme it is.
}
