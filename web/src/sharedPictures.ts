/** Where public/service-worker.js keeps them. */
const kept = 'pamps-shared'

/** The pictures that another app has shared, once: public/service-worker.js has kept them. */
export async function takeSharedPictures(): Promise<File[]> {
  if (!('caches' in window)) return []
  try {
    const cache = await caches.open(kept)
    const files: File[] = []
    for (const request of await cache.keys()) {
      const blob = await (await cache.match(request))?.blob()
      if (blob) files.push(new File([blob], decodeURIComponent(new URL(request.url).pathname.split('/').at(-1)!), { type: blob.type }))
    }
    await caches.delete(kept)
    return files
  } catch {
    // In a private window nothing was kept.
    return []
  }
}

/** What somebody shared who has left is nobody else's. */
export async function forgetSharedPictures(): Promise<void> {
  if ('caches' in window) await caches.delete(kept).catch(() => false)
}
