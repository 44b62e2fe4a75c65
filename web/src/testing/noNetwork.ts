import { afterEach } from 'vitest'

/** No test may ask a real server: the answer could come after the test, or after its window is gone. */
const asked: string[] = []
globalThis.fetch = async (input) => {
  asked.push(input instanceof Request ? input.url : String(input))
  throw new TypeError('There is no network here.')
}
afterEach(() => {
  const addresses = asked.splice(0)
  if (addresses.length > 0) throw new Error(`A test asks the network: ${addresses.join(', ')}. Use fakeRoutes or fakeServer.`)
})
