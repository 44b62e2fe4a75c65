import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Picture } from '@/api/types'
import { aPost, signedInAs } from '@/testing/app'
import { fakeServer, json, offline, problem } from '@/testing/fakeServer'
import { useListStore } from './lists'
import { useOutboxStore } from './outbox'
import { usePostStore } from './posts'
import { useSessionStore } from './session'

const token = () => json({ access_token: 'token', token_type: 'bearer', expires_in: 1800 })

/** A server whose answers to POST /post/ follow each other. */
function serverThat(...answers: (() => Response | Promise<Response>)[]) {
  return fakeServer(({ path }) => (path === '/session/refresh/' ? token() : (answers.shift() ?? offline)()))
}

const keysOf = (server: ReturnType<typeof fakeServer>) =>
  server.requests.filter((x) => x.path === '/post/').map((x) => x.headers.get('Idempotency-Key'))

describe('the outbox', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    localStorage.clear()
    signedInAs('ana')
    setActivePinia(createPinia())
  })
  afterEach(() => void vi.useRealTimers())

  it('keeps a draft across reloads, for each context', () => {
    useOutboxStore().write('new', { text: 'half a thought' })
    useOutboxStore().write('reply-7', { text: 'an answer' })
    setActivePinia(createPinia())
    expect(useOutboxStore().open('new').text).toBe('half a thought')
    expect(useOutboxStore().open('reply-7').text).toBe('an answer')
  })

  it('keeps who may see a draft, and sends it so after a reload', async () => {
    useOutboxStore().open('reply-7', 'followers')
    useOutboxStore().write('reply-7', { text: 'an answer' })
    setActivePinia(createPinia())
    expect(useOutboxStore().open('reply-7', 'public').visibility).toBe('followers')
    useOutboxStore().write('reply-7', { visibility: 'direct' })
    localStorage.setItem('pamps-draft-ana-new', JSON.stringify({ text: 'On its way', visibility: 'unlisted', key: 'k', keyMadeAt: Date.now() }))
    setActivePinia(createPinia())
    expect(useOutboxStore().open('reply-7').visibility).toBe('direct')
    const server = serverThat(() => json(aPost(), 201))
    useOutboxStore().resume()
    await vi.advanceTimersByTimeAsync(500)
    expect(server.requests.find((x) => x.path === '/post/')?.json).toMatchObject({ visibility: 'unlisted' })
  })

  it('does not show one person the draft of another', () => {
    useOutboxStore().write('new', { text: 'half a thought' })
    signedInAs('beto')
    setActivePinia(createPinia())
    expect(useOutboxStore().open('new').text).toBe('')
  })

  it('leaves nothing to who comes next when its writer signs out', async () => {
    fakeServer(() => new Response(null, { status: 204 }))
    useOutboxStore().write('new', { text: 'half a thought' })
    localStorage.setItem('pamps-draft-beto-new', '{"text":"not theirs"}')
    const signedOut = useSessionStore().signOut(() => Promise.resolve())
    await vi.advanceTimersByTimeAsync(6_000)
    await signedOut
    expect(Object.keys(localStorage).filter((x) => x.startsWith('pamps-draft-'))).toEqual(['pamps-draft-beto-new'])
  })

  it.each([
    ['ana', ['pamps-draft-ana-new', 'pamps-draft-caio-new']],
    ['beto', ['pamps-draft-caio-new']],
  ])('keeps what was written when one changes the account, for oneself alone: %s comes', async (username, left) => {
    fakeServer(({ method, path }) =>
      path === '/user/me/' ? json({ id: 1, username, avatar: null, display_name: null }) : method === 'DELETE' ? json(null, 204) : token(),
    )
    useOutboxStore().write('new', { text: 'half a thought' })
    localStorage.setItem('pamps-draft-caio-new', '{"text":"of another day"}')
    const session = useSessionStore()
    const changed = session.changeAccount(() => Promise.resolve())
    await vi.advanceTimersByTimeAsync(6_000)
    await changed
    expect(session.isSignedIn).toBe(false)
    const signedIn = session.signIn(username, 'secret')
    await vi.advanceTimersByTimeAsync(6_000)
    await signedIn
    expect(Object.keys(localStorage).filter((x) => x.startsWith('pamps-draft-')).sort()).toEqual(left)
    expect(useOutboxStore().open('new').text).toBe(username === 'ana' ? 'half a thought' : '')
  })

  it('sends again under the same key until the server answers', async () => {
    const server = serverThat(offline, () => problem(503, 'Busy'), () => json(aPost({ id: 5 }), 201))
    const outbox = useOutboxStore()
    outbox.write('new', { text: 'Good morning' })
    const sent = outbox.send('new')
    await vi.advanceTimersByTimeAsync(500)
    expect(outbox.open('new').state).toBe('waiting')
    await vi.advanceTimersByTimeAsync(60_000)
    expect((await sent)?.id).toBe(5)
    expect(keysOf(server)).toHaveLength(3)
    expect(new Set(keysOf(server)).size).toBe(1)
    expect(outbox.open('new')).toMatchObject({ text: '', state: 'writing', error: null })
    expect(localStorage.getItem('pamps-draft-ana-new')).toBeNull()
  })

  it('tries at once when the connection is back', async () => {
    const server = serverThat(offline, offline, offline, offline, () => json(aPost(), 201))
    const outbox = useOutboxStore()
    outbox.write('new', { text: 'Good morning' })
    const sent = outbox.send('new')
    await vi.advanceTimersByTimeAsync(12_000)
    expect(keysOf(server)).toHaveLength(4)
    window.dispatchEvent(new Event('online'))
    await vi.advanceTimersByTimeAsync(0)
    expect(await sent).not.toBeNull()
  })

  it('sends what an earlier visit could not, under the key of then', async () => {
    localStorage.setItem(
      'pamps-draft-ana-reply-7',
      JSON.stringify({ text: 'an answer', key: 'old-key', keyMadeAt: Date.now() - 60_000 }),
    )
    const server = serverThat(() => json(aPost({ id: 8, parent_id: 7 }), 201))
    useOutboxStore().resume()
    await vi.advanceTimersByTimeAsync(500)
    expect(keysOf(server)).toEqual(['old-key'])
    expect(server.of('POST').at(-1)!.json).toEqual({ text: 'an answer', parent_id: 7, visibility: 'public' })
  })

  it('keeps pictures with the draft, and sends them without words', async () => {
    const picture = { id: 4, preview_url: '/media/files/a.webp' } as Picture
    useOutboxStore().write('new', { pictures: [picture] })
    setActivePinia(createPinia())
    signedInAs('ana')
    const outbox = useOutboxStore()
    expect(outbox.open('new').pictures).toEqual([picture])
    const server = serverThat(() => json(aPost({ id: 5 }), 201))
    const sent = outbox.send('new')
    await vi.advanceTimersByTimeAsync(500)
    expect((await sent)?.id).toBe(5)
    expect(server.of('POST').at(-1)!.json).toEqual({ text: '', parent_id: null, visibility: 'public', media_ids: [4] })
    expect(outbox.open('new').pictures).toEqual([])
    expect(localStorage.getItem('pamps-draft-ana-new')).toBeNull()
  })

  it('leaves a draft alone whose key the server has forgotten', async () => {
    localStorage.setItem(
      'pamps-draft-ana-new',
      JSON.stringify({ text: 'long ago', key: 'old-key', keyMadeAt: Date.now() - 25 * 3_600_000 }),
    )
    const server = serverThat()
    useOutboxStore().resume()
    await vi.advanceTimersByTimeAsync(500)
    expect(keysOf(server)).toEqual([])
    expect(useOutboxStore().open('new').text).toBe('long ago')
  })

  it('says why a post was refused, and takes a new key for the next attempt', async () => {
    const server = serverThat(() => problem(422, 'Too long', { text: ['Too long'] }), () => json(aPost(), 201))
    const outbox = useOutboxStore()
    outbox.write('new', { text: 'Good morning' })
    const first = outbox.send('new')
    await vi.advanceTimersByTimeAsync(500)
    expect(await first).toBeNull()
    expect(outbox.open('new')).toMatchObject({ text: 'Good morning', error: { status: 422 } })
    void outbox.send('new')
    await vi.advanceTimersByTimeAsync(500)
    expect(new Set(keysOf(server)).size).toBe(2)
  })

  it('tries no more by itself when it was too much, and then goes on under the same key', async () => {
    const server = serverThat(() => problem(429, 'Too many posts'), () => json(aPost(), 201))
    const outbox = useOutboxStore()
    outbox.write('new', { text: 'Good morning' })
    const first = outbox.send('new')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await first).toBeNull()
    expect(outbox.open('new')).toMatchObject({ text: 'Good morning', state: 'writing', error: { status: 429 } })
    void outbox.send('new')
    await vi.advanceTimersByTimeAsync(500)
    expect(keysOf(server)).toHaveLength(2)
    expect(new Set(keysOf(server)).size).toBe(1)
  })

  it('stops when the writer takes it back', async () => {
    const server = serverThat(offline)
    const outbox = useOutboxStore()
    outbox.write('new', { text: 'Good morning' })
    const sent = outbox.send('new')
    await vi.advanceTimersByTimeAsync(500)
    outbox.takeBack('new')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await sent).toBeNull()
    expect(keysOf(server)).toHaveLength(1)
    expect(outbox.open('new')).toMatchObject({ text: 'Good morning', state: 'writing' })
  })

  it('shows a new reply below the post that it answers, once', async () => {
    serverThat(() => json(aPost({ id: 8, parent_id: 7 }), 201))
    const lists = useListStore()
    const posts = usePostStore()
    posts.remember(aPost({ id: 7, replies_count: 1 }))
    lists.seed('/post/7/replies/', [3], null)
    useOutboxStore().write('reply-7', { text: 'an answer' })
    void useOutboxStore().send('reply-7')
    await vi.advanceTimersByTimeAsync(500)
    expect(lists.get('/post/7/replies/').items).toEqual([3, 8])
    expect(posts.find(7)?.replies_count).toBe(2)
  })
})
