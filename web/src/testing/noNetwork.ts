import { afterEach } from 'vitest'

/** No test may ask a real server: the answer could come after the test, or after its window is gone. */
const asked: string[] = []
function refuse(address: string): never {
  asked.push(address)
  throw new TypeError('There is no network here.')
}
globalThis.fetch = async (input) => refuse(input instanceof Request ? input.url : String(input))
globalThis.XMLHttpRequest = class extends XMLHttpRequest {
  override open(_method: string, address: string | URL): void {
    refuse(String(address))
  }
}
afterEach(() => {
  const addresses = asked.splice(0)
  if (addresses.length > 0) throw new Error(`A test asks the network: ${addresses.join(', ')}. Use fakeRoutes or fakeServer.`)
})
