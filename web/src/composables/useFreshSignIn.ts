import { ApiError } from '@/api/errors'
import { useSessionStore } from '@/stores/session'

/**
 * Some changes need a sign-in of just now, which a session of yesterday is not: the server answers 401. The password
 * that the form asks for anyway then signs in again, and the change is sent once more.
 */
export function useFreshSignIn() {
  const session = useSessionStore()

  /** @param otp A code of the second factor, where signing in has asked for one before. */
  return async function withPassword<T>(password: string, work: () => Promise<T>, otp?: string): Promise<T> {
    try {
      return await work()
    } catch (error) {
      // Signed out meanwhile, the session is over: there is nobody to confirm.
      if (!(error instanceof ApiError) || error.status !== 401 || !session.isSignedIn) throw error
    }
    await session.confirm(password, otp)
    return work()
  }
}
