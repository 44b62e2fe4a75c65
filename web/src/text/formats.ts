const formats = new Map<string, unknown>()

/** The format under this key, made once: that takes far longer than using it, and a page has many times on it. */
export function kept<T>(key: string, make: () => T): T {
  if (!formats.has(key)) formats.set(key, make())
  return formats.get(key) as T
}
