import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeChannels } from '@/testing/fakeChannels'
import type { LiveEvent } from './events'
import { LiveStream } from './liveStream'

/** A lock that passes on to the next in line when its holder lets go. */
function fakeLocks() {
  let tail: Promise<unknown> = Promise.resolve()
  const request = (_name: string, _options: object, work: () => Promise<unknown>) => {
    const result = tail.then(work)
    tail = result.catch(() => {})
    return result
  }
  Object.defineProperty(navigator, 'locks', { value: { request }, configurable: true })
}

/** A server whose streams the test writes to. */
function fakeStreams() {
  const streams: { headers: Headers; write: (text: string) => void; end: () => void }[] = []
  vi.stubGlobal('fetch', async (_path: string, init: RequestInit) => {
    let controller!: ReadableStreamDefaultController<Uint8Array>
    const body = new ReadableStream<Uint8Array>({ start: (x) => void (controller = x) })
    init.signal?.addEventListener('abort', () => controller.error(new DOMException('Aborted', 'AbortError')))
    streams.push({
      headers: new Headers(init.headers),
      write: (text) => controller.enqueue(new TextEncoder().encode(text)),
      end: () => controller.close(),
    })
    return { ok: true, status: 200, body } as Response
  })
  return streams
}

function tab() {
  const events: LiveEvent[] = []
  const stream = new LiveStream((event) => events.push(event))
  stream.start()
  return { stream, events }
}

describe('LiveStream', () => {
  beforeEach(() => {
    localStorage.clear()
    fakeChannels()
    fakeLocks()
  })
  afterEach(() => vi.useRealTimers())

  it('is opened by one tab, and heard by all', async () => {
    const streams = fakeStreams()
    const [one, two] = [tab(), tab()]
    await vi.waitFor(() => expect(streams).toHaveLength(1))
    streams[0]!.write('event: delete\nid: 5\ndata: {"id":42,"parent_id":null}\n\n')
    const heard = [{ kind: 'delete', id: 42, parentId: null }]
    await vi.waitFor(() => expect(two.events).toEqual(heard))
    expect(one.events).toEqual(heard)
    expect(streams).toHaveLength(1)
  })

  it('is taken over from the last event when its tab goes', async () => {
    const streams = fakeStreams()
    const [one, two] = [tab(), tab()]
    await vi.waitFor(() => expect(streams).toHaveLength(1))
    streams[0]!.write('event: delete\nid: 5\ndata: {"id":42,"parent_id":null}\n\n')
    await vi.waitFor(() => expect(two.events).toHaveLength(1))
    one.stream.stop()
    await vi.waitFor(() => expect(streams).toHaveLength(2))
    expect(streams[0]!.headers.get('Last-Event-ID')).toBeNull()
    expect(streams[1]!.headers.get('Last-Event-ID')).toBe('5')
  })

  it('is opened again where it broke off, after the time that the server asks for', async () => {
    vi.useFakeTimers()
    const streams = fakeStreams()
    tab()
    await vi.advanceTimersByTimeAsync(0)
    streams[0]!.write('retry: 8000\n\nevent: ready\nid: 7\ndata: {}\n\n')
    await vi.advanceTimersByTimeAsync(10)
    streams[0]!.end()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(streams).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(6_000)
    expect(streams).toHaveLength(2)
    expect(streams[1]!.headers.get('Last-Event-ID')).toBe('7')
  })

  it('is given up for another when nothing has come for long', async () => {
    vi.useFakeTimers()
    const streams = fakeStreams()
    tab()
    await vi.advanceTimersByTimeAsync(30_000)
    streams[0]!.write(': still here\n\n')
    await vi.advanceTimersByTimeAsync(30_000)
    expect(streams).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(streams).toHaveLength(2)
  })
})
