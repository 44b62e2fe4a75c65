import type { Problem } from './types'

/** The server answered with something else than success. */
export class ApiError extends Error {
  override readonly name = 'ApiError'

  constructor(
    readonly status: number,
    /** One sentence for a person, in English. */
    readonly detail: string,
    problem: Problem | null = null,
    /** Seconds to wait before another attempt, when the server says so. */
    readonly retryAfter: number | null = null,
  ) {
    super(detail)
    this.code = problem?.code
    this.errors = problem?.errors ?? {}
    this.codes = problem?.codes ?? {}
    this.limits = problem?.limits ?? {}
  }

  /** A stable word for what went wrong; docs/problems.md lists them. */
  readonly code: string | undefined
  /** Messages by field, when the input was refused (422), the words for them, and the numbers that they name. */
  readonly errors: Record<string, string[]>
  readonly codes: Record<string, string[]>
  readonly limits: NonNullable<Problem['limits']>

  static async from(response: Response): Promise<ApiError> {
    const problem = await readProblem(response)
    const retryAfter = Number(response.headers.get('Retry-After') ?? NaN)
    return new ApiError(
      response.status,
      problem?.detail ?? response.statusText,
      problem,
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

/** True when the same request may well succeed by itself a little later. */
export function isTemporary(error: unknown): boolean {
  return error instanceof NetworkError || (error instanceof ApiError && error.status >= 500)
}

/** True when the server wants fewer requests (429). */
export function isTooMuch(error: unknown): boolean {
  return error instanceof ApiError && error.status === 429
}

async function readProblem(response: Response): Promise<Problem | null> {
  if (!response.headers.get('Content-Type')?.includes('json')) return null
  try {
    return (await response.json()) as Problem
  } catch {
    return null
  }
}
