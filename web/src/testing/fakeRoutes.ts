import { vi } from 'vitest'
import { fakeServer, type FakeRequest } from './fakeServer'

/** One tab, which gets its locks at once; the apps of other tests would hear what is said between tabs. */
export function fakeOneTab(): void {
  const request = (_name: string, _options: unknown, work: () => unknown) => work()
  const locks = { request, query: async () => ({ held: [] }) }
  vi.stubGlobal('navigator', { languages: ['en'], userAgent: navigator.userAgent, locks })
  vi.stubGlobal('BroadcastChannel', undefined)
}

interface Answer {
  status?: number
  body?: unknown
  headers?: Record<string, string>
}

/** A server that answers each "METHOD /path" always the same, and 404 otherwise. Gives what it was asked. */
export function fakeRoutes(routes: Record<string, Answer>): FakeRequest[] {
  fakeOneTab()
  const { requests } = fakeServer(async ({ method, path }) => {
    const { status = 200, body = {}, headers } = routes[`${method} ${path}`] ?? { status: 404 }
    const type = status < 400 ? 'application/json' : 'application/problem+json'
    return new Response(status === 204 ? null : JSON.stringify(body), { status, headers: { 'Content-Type': type, ...headers } })
  })
  return requests
}
