import { createParser } from 'eventsource-parser'
import { send } from '@/api/client'
import { ApiError, isAborted } from '@/api/errors'
import { exclusively, openChannel } from '@/session/browserTabs'
import { readLiveEvent, type LiveEvent } from './events'

interface Message {
  id: string
  event: LiveEvent | null
}

/** The server sends at least a comment every 15 seconds. */
const longestSilence = 40_000
const firstRetry = 2_000
const longestRetry = 60_000

/**
 * The stream of `GET /stream/`, one for all tabs of the browser: HTTP/1.1 allows only six connections to a server. The
 * tab that holds the lock reads it and hands every event to the others; when it closes, another one goes on from the
 * last event that it has seen.
 */
export class LiveStream {
  private lastId: string | null = null
  private stopped: AbortController | null = null
  private wake: () => void = () => {}
  private readonly channel = openChannel<Message>('pamps-live')

  constructor(private readonly handle: (event: LiveEvent) => void) {
    this.channel.onMessage(({ id, event }) => {
      this.lastId = id
      if (event && this.stopped) this.handle(event)
    })
    addEventListener('online', () => this.wake())
  }

  start(): void {
    if (this.stopped) return
    const stopped = (this.stopped = new AbortController())
    exclusively('pamps-stream', () => this.lead(stopped.signal), stopped.signal).catch(() => {})
  }

  /** Also forgets the place in the stream: the next one may be somebody else's. */
  stop(): void {
    this.stopped?.abort()
    this.stopped = null
    this.lastId = null
    this.wake()
  }

  private async lead(signal: AbortSignal): Promise<void> {
    let retry = firstRetry
    while (!signal.aborted) {
      try {
        await this.read(signal, (milliseconds) => (retry = milliseconds))
      } catch (error) {
        if (signal.aborted) return
        // Such an answer does not change within seconds.
        if (error instanceof ApiError && error.status < 500) retry = longestRetry
        else if (!isAborted(error)) retry = Math.min(retry * 2, longestRetry)
      }
      await this.sleep(retry * (0.75 + Math.random() / 2))
    }
  }

  private async read(signal: AbortSignal, setRetry: (milliseconds: number) => void): Promise<void> {
    const silence = new AbortController()
    const abort = () => silence.abort()
    signal.addEventListener('abort', abort)
    let watchdog = setTimeout(abort, longestSilence)
    try {
      const response = await send('/stream/', {
        headers: { Accept: 'text/event-stream', ...(this.lastId ? { 'Last-Event-ID': this.lastId } : {}) },
        signal: silence.signal,
      })
      setRetry(firstRetry)
      const parser = createParser({
        onEvent: ({ id, event, data }) => this.take(id, event, data),
        // A server that stops says when to come back, not all at once.
        onRetry: (milliseconds) => setRetry(Math.min(milliseconds, longestRetry)),
      })
      const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
      for (;;) {
        const { done, value } = await reader.read()
        if (done) return
        clearTimeout(watchdog)
        watchdog = setTimeout(abort, longestSilence)
        parser.feed(value)
      }
    } finally {
      clearTimeout(watchdog)
      signal.removeEventListener('abort', abort)
    }
  }

  private take(id: string | undefined, name: string | undefined, data: string): void {
    const event = readLiveEvent(name, data)
    if (id) this.lastId = id
    this.channel.post({ id: this.lastId ?? '', event })
    if (event) this.handle(event)
  }

  private sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds)
      this.wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
