import { limits } from '@/limits'
import { ApiError, NetworkError, isAborted } from './errors'
import { takeInitial } from './initialData'
import { pageLinks } from './links'

type QueryValue = string | number | boolean | null | undefined

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  query?: Record<string, QueryValue>
  json?: unknown
  /** Sent as multipart/form-data in place of JSON. */
  form?: FormData
  headers?: Record<string, string>
  /** Makes a POST safe to send again: the same key gets the first answer. */
  idempotencyKey?: string
  signal?: AbortSignal
  /** Lets the request outlive the page. */
  keepalive?: boolean
  /** What sends it in place of `fetch`. */
  by?: typeof fetch
  /** False: the request goes without the access token, also when somebody is signed in. */
  authenticate?: boolean
}

/** One page of a list; `next` is the path of the page after it, null at the end. */
export interface Page<T> {
  items: T[]
  next: string | null
}

/** Gives the client its access tokens; the session registers itself here. */
export interface TokenSource {
  /** The token to send, or null when nobody is signed in. */
  current(): Promise<string | null>
  /** Another token in place of one that the server refused, or null when the session has ended. */
  renew(refused: string): Promise<string | null>
}

let tokens: TokenSource = { current: async () => null, renew: async () => null }

export function useTokens(source: TokenSource): void {
  tokens = source
}

/** Calls the API and reads the JSON of the answer. */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const initial = await initialFor<T>(path, options)
  if (initial !== undefined) return initial
  return readJson<T>(await send(path, options))
}

/** Reads one page of a list. `path` may be the `next` of the page before. */
export async function requestPage<T>(path: string, options: RequestOptions = {}): Promise<Page<T>> {
  const initial = await initialFor<T[]>(path, options)
  if (initial !== undefined) return { items: initial, next: nextOfInitial(path, initial) }
  const response = await send(path, options)
  return { items: await readJson<T[]>(response), next: pageLinks(response.headers.get('Link')).next }
}

/** Calls the API and hands over the response of a success; throws ApiError or NetworkError otherwise. */
export async function send(path: string, options: RequestOptions = {}): Promise<Response> {
  const token = options.authenticate === false ? null : await tokens.current()
  let response = await sendOnce(path, options, token)
  if (response.status === 401 && token) {
    const renewed = await tokens.renew(token)
    if (renewed) response = await sendOnce(path, options, renewed)
  }
  if (!response.ok) throw await ApiError.from(response)
  return response
}

async function sendOnce(path: string, options: RequestOptions, token: string | null): Promise<Response> {
  const headers = new Headers({ Accept: 'application/json', ...options.headers })
  // Of what is told by mail: the language that is chosen here may be another than the browser's.
  if (document.documentElement.lang) headers.set('Accept-Language', document.documentElement.lang)
  if (token) headers.set('Authorization', `Bearer ${token}`)
  if (options.json !== undefined) headers.set('Content-Type', 'application/json')
  if (options.idempotencyKey) headers.set('Idempotency-Key', options.idempotencyKey)
  try {
    return await (options.by ?? fetch)(withQuery(path, options.query), {
      method: options.method ?? 'GET',
      headers,
      body: options.form ?? (options.json === undefined ? undefined : JSON.stringify(options.json)),
      signal: options.signal,
      keepalive: options.keepalive,
    })
  } catch (error) {
    if (isAborted(error)) throw error
    throw new NetworkError(String(error))
  }
}

async function readJson<T>(response: Response): Promise<T> {
  if (response.status === 204) return undefined as T
  try {
    return (await response.json()) as T
  } catch (error) {
    if (isAborted(error)) throw error
    // The connection broke off in the middle, or something in between answered instead of the server.
    throw new NetworkError(String(error))
  }
}

export function withQuery(path: string, query: RequestOptions['query']): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== null && value !== undefined) parameters.append(name, String(value))
  }
  const text = parameters.toString()
  return text ? `${path}${path.includes('?') ? '&' : '?'}${text}` : path
}

/** The data that came with the page was read by nobody in particular; a signed-in visitor asks again. */
async function initialFor<T>(path: string, options: RequestOptions): Promise<T | undefined> {
  if ((options.method ?? 'GET') !== 'GET') return undefined
  const initial = takeInitial<T>(withQuery(path, options.query))
  if (initial === undefined || (await tokens.current())) return undefined
  return initial
}

/** The data that came with the page has no Link header; a full page means that there may be another. */
function nextOfInitial(path: string, items: unknown[]): string | null {
  const last = items.at(-1) as { id?: number } | undefined
  return items.length >= limits.page && last?.id ? withQuery(path, { before: last.id }) : null
}
