import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError, NetworkError } from '@/api/errors'
import { useFreshSignIn } from './useFreshSignIn'

const session = vi.hoisted(() => ({ isSignedIn: true, confirm: vi.fn() }))
vi.mock('@/stores/session', () => ({ useSessionStore: () => session }))

const refused = new ApiError(401, 'A fresh token is needed: sign in with your password again')

describe('useFreshSignIn', () => {
  beforeEach(() => {
    session.isSignedIn = true
    session.confirm = vi.fn(async () => {})
  })

  it('asks for no second sign-in when the first is fresh', async () => {
    const work = vi.fn(async () => 'done')
    expect(await useFreshSignIn()('secret', work)).toBe('done')
    expect(session.confirm).not.toHaveBeenCalled()
  })

  it('signs in with the password and tries again when it is not', async () => {
    const work = vi.fn<() => Promise<string>>().mockRejectedValueOnce(refused).mockResolvedValueOnce('done')
    expect(await useFreshSignIn()('secret', work, '123456')).toBe('done')
    expect(session.confirm).toHaveBeenCalledExactlyOnceWith('secret', '123456')
    expect(work).toHaveBeenCalledTimes(2)
  })

  it('tries again only once', async () => {
    const work = vi.fn(async () => Promise.reject(refused))
    await expect(useFreshSignIn()('secret', work)).rejects.toBe(refused)
    expect(work).toHaveBeenCalledTimes(2)
  })

  it('does not go on with a wrong password', async () => {
    const wrong = new ApiError(401, 'Incorrect username or password')
    session.confirm = vi.fn(async () => Promise.reject(wrong))
    const work = vi.fn(async () => Promise.reject(refused))
    await expect(useFreshSignIn()('wrong', work)).rejects.toBe(wrong)
    expect(work).toHaveBeenCalledTimes(1)
  })

  it.each([new ApiError(422, 'No'), new NetworkError('gone')])('passes on %s', async (error) => {
    await expect(useFreshSignIn()('secret', async () => Promise.reject(error))).rejects.toBe(error)
    expect(session.confirm).not.toHaveBeenCalled()
  })

  it('does not sign in for somebody whose session has ended', async () => {
    session.isSignedIn = false
    await expect(useFreshSignIn()('secret', async () => Promise.reject(refused))).rejects.toBe(refused)
    expect(session.confirm).not.toHaveBeenCalled()
  })
})
