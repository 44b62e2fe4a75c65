import type { Problem } from './types'

/** The server answered with something else than success. */
export class ApiError extends Error {
  override readonly name = 'ApiError'

  constructor(
    readonly status: number,
    /** One sentence for a person, in English. */
    readonly detail: string,
    /** Messages by field, when the input was refused (422). */
    readonly errors: Record<string, string[]> = {},
    /** Seconds to wait before another attempt, when the server says so. */
    readonly retryAfter: number | null = null,
  ) {
    super(detail)
  }

  static async from(response: Response): Promise<ApiError> {
    const problem = await readProblem(response)
    const retryAfter = Number(response.headers.get('Retry-After') ?? NaN)
    return new ApiError(
      response.status,
      problem?.detail ?? response.statusText,
      problem?.errors ?? {},
      Number.isFinite(retryAfter) ? retryAfter : null,
    )
  }
}

/** No answer came: no connection, or the server is down. Whether the request was carried out is unknown. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError'
}

export function isAborted(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}

/** True when the same request may well succeed a little later. */
export function isTemporary(error: unknown): boolean {
  return error instanceof NetworkError || (error instanceof ApiError && (error.status >= 500 || error.status === 429))
}

async function readProblem(response: Response): Promise<Problem | null> {
  if (!response.headers.get('Content-Type')?.includes('json')) return null
  try {
    return (await response.json()) as Problem
  } catch {
    return null
  }
}
