/** Has what the client is drawn with kept by the browser, so that it opens without a connection. */
export async function workOffline(): Promise<void> {
  // Missing on plain http, and where the browser keeps nothing.
  if (!('serviceWorker' in navigator)) return
  await navigator.serviceWorker.register(trusted('/service-worker.js'))
  const { active } = await navigator.serviceWorker.ready
  const files = performance.getEntriesByType('resource').map((x) => new URL(x.name))
  active?.postMessage({ files: files.filter((x) => x.origin === location.origin).map((x) => x.pathname) })
}

interface Policies {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): { createScriptURL(address: string): string }
}

/** The page lets no other address become a script; see src/Pamps.Pages/Html/PageShell.cs. */
function trusted(address: string): string {
  const { trustedTypes } = window as { trustedTypes?: Policies }
  return trustedTypes?.createPolicy('pamps', { createScriptURL: (x) => x }).createScriptURL(address) ?? address
}
