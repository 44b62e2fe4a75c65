import { describe, expect, it } from 'vitest'
import { useI18n } from 'vue-i18n'
import { useToastStore } from '@/stores/toasts'
import { withSetup } from '@/testing/app'
import { fakeServer, json, offline } from '@/testing/fakeServer'
import { tellOfArchive, tellOfImport } from './tellOfEnds'

function begin(answer: Parameters<typeof fakeServer>[0]) {
  fakeServer(answer)
  const { result: t, router } = withSetup(() => useI18n().t)
  return { t, router, toasts: useToastStore() }
}

describe('the end of what the server does for somebody', () => {
  it('is told with a way to the settings, and without one where they are open', async () => {
    const { t, router, toasts } = begin(({ path }) => json({ state: path.includes('archive') ? 'ready' : 'done' }))
    await router.push({ name: 'home' })
    await tellOfArchive(t, router)
    expect(toasts.toasts[0]!.text).toBe('Your archive can be downloaded.')
    toasts.toasts[0]!.action!.run()
    await expect.poll(() => router.currentRoute.value.name).toBe('settings')
    await tellOfImport(5, t, router)
    expect(toasts.toasts[1]).toMatchObject({ text: 'What you brought is here.', kind: 'info' })
    expect(toasts.toasts[1]!.action).toBeUndefined()
  })

  it('is told as an error where it was none', async () => {
    const { t, router, toasts } = begin(() => json({ state: 'failed' }))
    await tellOfArchive(t, router)
    await tellOfImport(5, t, router)
    expect(toasts.toasts.map((x) => x.kind)).toEqual(['error', 'error'])
  })

  it('is not told when nothing is known of it', async () => {
    const { t, router, toasts } = begin(({ path }) => (path.includes('archive') ? offline() : json({ state: 'cancelled' })))
    await tellOfArchive(t, router)
    await tellOfImport(5, t, router)
    expect(toasts.toasts).toHaveLength(0)
  })
})
