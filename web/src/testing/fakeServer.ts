import { vi } from 'vitest'

interface Answer {
  status?: number
  body?: unknown
  headers?: Record<string, string>
}

export interface Call {
  method: string
  path: string
  body: unknown
  headers: Headers
}

/**
 * Answers fetch in a test. Routes are "METHOD /path", without the query; each holds one answer or a list of answers
 * that are given one after the other, the last one again and again.
 */
export function fakeServer(routes: Record<string, Answer | Answer[]>): Call[] {
  const calls: Call[] = []
  const rest = new Map(Object.entries(routes).map(([route, answers]) => [route, [answers].flat()]))
  // One tab, which gets its locks at once; the apps of other tests would hear what is said between tabs.
  const locks = { request: (_name: string, _options: unknown, work: () => unknown) => work() }
  vi.stubGlobal('navigator', { languages: ['en'], userAgent: navigator.userAgent, locks })
  vi.stubGlobal('BroadcastChannel', undefined)
  vi.stubGlobal('fetch', async (address: string, init: RequestInit = {}) => {
    const path = new URL(address, location.origin).pathname
    const method = init.method ?? 'GET'
    calls.push({ method, path, body: init.body ? JSON.parse(String(init.body)) : null, headers: new Headers(init.headers) })
    const answers = rest.get(`${method} ${path}`) ?? [{ status: 404, body: { detail: 'Not Found' } }]
    const { status = 200, body = {}, headers } = answers.length > 1 ? answers.shift()! : answers[0]!
    const type = status < 400 ? 'application/json' : 'application/problem+json'
    return new Response(status === 204 ? null : JSON.stringify(body), {
      status,
      headers: { 'Content-Type': type, ...headers },
    })
  })
  return calls
}
