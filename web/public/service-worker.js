// Lets the client open without a connection: what draws it is kept here, what it shows is kept by the client itself
// (src/stores/lists.ts). Nothing of the API and no picture is kept, and with a connection pages come from the server as ever. What
// another app shares comes here as well (share_target in site.webmanifest).
const files = 'pamps-files'
/** Pictures that were shared, until the client takes them (src/sharedPictures.ts). */
const shared = 'pamps-shared'
const mostShared = 4
/** The page that is nobody's: with nothing of the server's in it, the client draws on it whatever the address says. */
const shell = '/home'
/** Several versions of the client. */
const mostFiles = 300

const isFile = (path) => path.startsWith('/assets/')
/** What a browser goes to that is no page of the client's. */
const isOther = (path) => /^\/(docs|redoc|media|openapi\.json)(\/|$)|\.\w+$|\/embed$/.test(path)

addEventListener('install', () => skipWaiting())
addEventListener('activate', (event) => event.waitUntil(clients.claim()))

addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (origin !== location.origin) return
  if (request.method === 'POST' && pathname === '/share') event.respondWith(share(request))
  if (request.method !== 'GET') return
  if (isFile(pathname)) event.respondWith(file(request))
  else if (request.mode === 'navigate' && !isOther(pathname)) event.respondWith(page(event))
})

/** The client tells which files it was drawn with: it may have had them before it had this. */
addEventListener('message', ({ data }) => keep(data.files.filter(isFile)).catch(() => {}))

/** The name of a file says what is in it. */
async function file(request) {
  const kept = await caches.match(request.url, { cacheName: files })
  if (kept) return kept
  const answer = await fetch(request)
  if (answer.ok) await put(request.url, answer.clone())
  return answer
}

async function page(event) {
  try {
    const answer = await fetch(event.request)
    if (answer.ok) event.waitUntil(renewShell().catch(() => {}))
    return answer
  } catch (error) {
    const kept = await caches.match(shell, { cacheName: files })
    if (kept) return kept
    throw error
  }
}

/** The words go on in the address, through signing in as well. */
async function share(request) {
  const form = await request.formData()
  const words = ['title', 'text', 'url'].map((name) => [name, form.get(name)]).filter(([, text]) => typeof text === 'string' && text)
  try {
    await caches.delete(shared)
    const cache = await caches.open(shared)
    const pictures = form.getAll('pictures').filter((x) => x instanceof File && x.size > 0)
    for (const [index, picture] of pictures.slice(0, mostShared).entries()) {
      await cache.put(`/share/${index}/${encodeURIComponent(picture.name)}`, new Response(picture))
    }
  } catch {
    // No room for them: the words alone.
  }
  return Response.redirect(`/share?${new URLSearchParams(words.map(([name, text]) => [name, text.slice(0, 2000)]))}`, 303)
}

let isRenewed = false

/** Once for as long as this runs, which is no longer than somebody reads. */
async function renewShell() {
  if (isRenewed) return
  isRenewed = true
  const answer = await fetch(shell, { headers: { Accept: 'text/html' }, credentials: 'omit' })
  if (!answer.ok) return
  const html = await answer.clone().text()
  // Its files first: a page that is kept can be drawn.
  await keep([...html.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, path]) => path))
  await put(shell, answer)
}

async function keep(paths) {
  const cache = await caches.open(files)
  for (const path of new Set(paths)) if (!(await cache.match(path))) await cache.add(path)
}

async function put(address, answer) {
  const cache = await caches.open(files)
  await cache.put(address, answer)
  const kept = await cache.keys()
  // The oldest come first.
  const old = kept.filter((x) => isFile(new URL(x.url).pathname)).slice(0, Math.max(0, kept.length - mostFiles))
  await Promise.all(old.map((x) => cache.delete(x)))
}
