import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { signedInAs } from '@/testing/app'
import { fakeServer, json, offline } from '@/testing/fakeServer'
import { useListStore } from './lists'

const same = <T>(items: T[]) => items
const pageOf = (items: number[], next?: string) => json(items, 200, next ? { Link: `<${next}>; rel="next"` } : {})

describe('lists', () => {
  beforeEach(() => {
    localStorage.clear()
    setActivePinia(createPinia())
  })

  it('are read page by page, to the end', async () => {
    const server = fakeServer(({ path }) => (path === '/post/' ? pageOf([9, 8], '/post/?before=8') : pageOf([7])))
    const store = useListStore()
    store.get('/post/')
    await store.loadMore('/post/', '/post/', same)
    await store.loadMore('/post/', '/post/', same)
    await store.loadMore('/post/', '/post/', same)
    expect(store.get('/post/')).toMatchObject({ items: [9, 8, 7], next: null, status: 'ready' })
    expect(server.requests.map((x) => x.path)).toEqual(['/post/', '/post/?before=8'])
  })

  it('ask once, however often they are asked to', async () => {
    const server = fakeServer(() => pageOf([1]))
    const store = useListStore()
    store.get('a')
    await Promise.all([store.loadMore('a', '/a', same), store.loadMore('a', '/a', same)])
    expect(server.requests).toHaveLength(1)
  })

  it('keep what they have when a page fails, and go on from there', async () => {
    let up = false
    fakeServer(() => (up ? pageOf([1]) : offline()))
    const store = useListStore()
    store.get('a')
    await store.loadMore('a', '/a', same)
    expect(store.get('a').status).toBe('failed')
    up = true
    await store.loadMore('a', '/a', same)
    expect(store.get('a')).toMatchObject({ status: 'ready', items: [1] })
  })

  it('show what was kept while there is no connection, then what is there, and nothing to who comes next', async () => {
    let items: number[] | null = [2, 1]
    fakeServer(({ path }) =>
      path.startsWith('/session/') ? json({ access_token: 'token', expires_in: 1800 }) : items ? pageOf(items) : offline(),
    )
    const open = (username: string) => {
      signedInAs(username)
      setActivePinia(createPinia())
      const store = useListStore()
      store.get('home')
      return store
    }
    const online = open('ana')
    await online.loadMore('home', '/user/timeline/', same)
    expect(online.get('home').keptAt).toBeNull()

    items = null
    const offlineNow = open('ana')
    await offlineNow.loadMore('home', '/user/timeline/', same)
    expect(offlineNow.get('home')).toMatchObject({ items: [2, 1], status: 'failed', keptAt: expect.any(String) })
    const another = open('bia')
    await another.loadMore('home', '/user/timeline/', same)
    expect(another.get('home')).toMatchObject({ items: [], status: 'failed', keptAt: null })

    items = [3, 2]
    await offlineNow.loadMore('home', '/user/timeline/', same)
    expect(offlineNow.get('home')).toMatchObject({ items: [3, 2], status: 'ready', keptAt: null })
  })

  it('hold new items back until they are asked for', () => {
    const store = useListStore()
    store.seed('home', [5, 4], null)
    store.announce('home', 6)
    store.announce('home', 7)
    store.announce('home', 6)
    store.announce('home', 5)
    expect(store.get('home')).toMatchObject({ items: [5, 4], newer: [7, 6] })
    store.announce('home', 8)
    store.withdraw(8)
    store.showNewer('home')
    expect(store.get('home')).toMatchObject({ items: [7, 6, 5, 4], newer: [] })
  })

  it('do not take in the answer of a request from before they were restarted', async () => {
    let answer: (response: Response) => void = () => {}
    const answers = [new Promise<Response>((resolve) => (answer = resolve)), Promise.resolve(pageOf([2]))]
    fakeServer(() => answers.shift()!)
    const store = useListStore()
    store.get('a')
    const old = store.loadMore('a', '/a', same)
    store.restart('a')
    await store.loadMore('a', '/a', same)
    answer(pageOf([1]))
    await old
    expect(store.get('a').items).toEqual([2])
  })

  it('are dropped, the longest unseen first, when there are many', () => {
    const store = useListStore()
    for (let index = 0; index < 61; index++) store.get(`list-${index}`)
    expect(store.lists.has('list-0')).toBe(false)
    expect(store.lists.has('list-60')).toBe(true)
  })
})
