// Stands in the page itself and runs before anything is painted; what it reads is written elsewhere under these keys.
const root = document.documentElement
try {
  const theme = localStorage.getItem('pamps-theme')
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme
  // The server draws for a stranger who reads what the browser says; for anyone else it is not to be seen.
  const locale = localStorage.getItem('pamps-locale')
  if (localStorage.getItem('pamps-session') || (locale && locale !== `"${root.lang}"`)) root.dataset.frame = 'bare'
  // Pictures wait, also those of the page that the server drew.
  const savesData = localStorage.getItem('pamps-save-data') ?? String(navigator.connection?.saveData)
  if (savesData === 'true') root.dataset.saves = 'data'
} catch {
  // Storage is off; the system's theme it is.
}

// What env.d.ts tells of. Several instances behind one proxy may be of two versions, of which each has files of its own.
window.pampsReload = (address, most) => {
  const key = 'pamps-reloads'
  try {
    const times = JSON.parse(sessionStorage.getItem(key) ?? '[]').filter((x) => x > Date.now() - 60_000)
    if (times.length >= most) return false
    sessionStorage.setItem(key, JSON.stringify([...times, Date.now()]))
  } catch {
    // Without a memory it might go round for ever.
    return false
  }
  if (address === location.href) location.reload()
  else location.assign(address)
  return true
}
window.pampsFail = () => {
  const message = document.getElementById('failed')
  for (const x of message.children) x.hidden = x.lang !== root.lang
  message.hidden = false
}
let isLost = false
addEventListener(
  'error',
  async ({ target }) => {
    // Until the client has started, which then has its own way. Of several files the first tells.
    if (!window.pampsFail || isLost || (target.tagName !== 'SCRIPT' && target.rel !== 'stylesheet')) return
    isLost = true
    // Out of reach, what has been read of the page is better than none.
    const answers = await fetch('/config/', { cache: 'no-store' }).then((x) => x.ok, () => false)
    if (!answers || !window.pampsReload(location.href, 3)) window.pampsFail?.()
  },
  true,
)
