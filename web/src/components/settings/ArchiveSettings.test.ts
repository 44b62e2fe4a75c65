import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { fakeOneTab } from '@/testing/fakeRoutes'
import { fakeServer, json, problem } from '@/testing/fakeServer'
import { render } from '@/testing/app'
import type { Archive } from '@/api/types'
import ArchiveSettings from './ArchiveSettings.vue'

const nothing: Archive = { state: 'none', asked_at: null, ended_at: null, bytes: null, expires_at: null, next_at: null }
const later = '2026-11-06T11:06:40.500000+00:00'

function open(answers: Archive[]) {
  fakeOneTab()
  const server = fakeServer(({ method, path }) => {
    if (path.endsWith('/file/')) return problem(401, 'A fresh token is needed')
    if (method === 'DELETE') return json(null, 204)
    return json(answers.length > 1 ? answers.shift() : answers[0], method === 'POST' ? 201 : 200)
  })
  const { wrapper } = render(ArchiveSettings)
  const button = (text: string) => wrapper.findAll('button').find((x) => x.text() === text)
  return { server, wrapper, button }
}

describe('the archive of the account', () => {
  afterEach(() => {
    vi.useRealTimers()
    document.body.innerHTML = ''
  })

  it('is asked for, looked after while it is made, and told of once it is ready', async () => {
    vi.useFakeTimers()
    const ready: Archive = { ...nothing, state: 'ready', bytes: 48_213_374, expires_at: later, next_at: later }
    const { server, wrapper, button } = open([nothing, { ...nothing, state: 'waiting' }, { ...nothing, state: 'making' }, ready])
    await flushPromises()
    await button('Ask for my archive')!.trigger('click')
    await flushPromises()
    expect(wrapper.text()).toContain('Others are made before yours')
    await vi.advanceTimersByTimeAsync(3_000)
    expect(wrapper.text()).toContain('is being made')
    await vi.advanceTimersByTimeAsync(3_000)
    expect(wrapper.text()).toContain('48.2 MB')
    expect(button('Ask for my archive')).toBeUndefined()
    const asked = server.requests.length
    await vi.advanceTimersByTimeAsync(30_000)
    expect(server.requests).toHaveLength(asked)
  })

  it('says that it could not be made, and lets one try again', async () => {
    const { server, wrapper, button } = open([{ ...nothing, state: 'failed' }])
    await flushPromises()
    expect(wrapper.text()).toContain('could not be made')
    await button('Try again')!.trigger('click')
    expect(server.of('POST')).toHaveLength(1)
  })
})
