import { vi } from 'vitest'

export interface FakeRequest {
  method: string
  path: string
  headers: Headers
  json: unknown
}

type Answer = Response | Promise<Response>

/** Takes the place of `fetch`; a test says what each request is answered. */
export function fakeServer(answer: (request: FakeRequest) => Answer) {
  const requests: FakeRequest[] = []
  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
    const request = {
      method: init.method ?? 'GET',
      path,
      headers: new Headers(init.headers),
      json: init.body ? JSON.parse(String(init.body)) : undefined,
    }
    requests.push(request)
    return answer(request)
  })
  return { requests, of: (method: string) => requests.filter((x) => x.method === method) }
}

export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(status === 204 ? null : JSON.stringify(value), {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
  })
}

export const problem = (status: number, detail: string, errors?: Record<string, string[]>) =>
  new Response(JSON.stringify({ type: 'about:blank', title: detail, status, detail, errors }), {
    status,
    headers: { 'Content-Type': 'application/problem+json' },
  })

/** What `fetch` does when the server cannot be reached. */
export const offline = () => Promise.reject(new TypeError('Failed to fetch'))
