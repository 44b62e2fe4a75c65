/** What the server allows at most and `GET /config/` does not tell; what that tells is in `stores/config.ts`. */
export const limits = {
  displayName: 40,
  bio: 500,
  /** Facts of a profile, and the characters of what each is and says. */
  fields: 4,
  fieldName: 30,
  fieldValue: 200,
  avatar: 2048,
  email: 254,
  /** Why one wants an account. */
  reason: 500,
  password: 256,
  search: 200,
  /** Items of a list when none are asked for by number, and as many as can be asked for. */
  page: 20,
  longestPage: 100,
  /** A post brings its first replies along. */
  repliesWithPost: 100,
} as const
