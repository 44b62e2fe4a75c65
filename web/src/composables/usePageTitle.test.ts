import { afterEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'

describe('usePageTitle', () => {
  afterEach(() => (document.head.innerHTML = ''))

  it('ends with the name that the operator gave the site', async () => {
    document.head.innerHTML = '<meta name="application-name" content="Tom &amp; Jerry" />'
    vi.resetModules()
    const { usePageTitle, setTitleBadge } = await import('./usePageTitle')
    const page = effectScope()
    page.run(() => usePageTitle(() => 'Search'))
    await vi.waitFor(() => expect(document.title).toBe('Search · Tom & Jerry'))
    setTitleBadge(3)
    page.stop()
    await vi.waitFor(() => expect(document.title).toBe('(3) Tom & Jerry'))
  })
})
