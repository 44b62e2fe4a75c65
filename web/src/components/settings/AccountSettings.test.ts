import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { render, signedInAs } from '@/testing/app'
import { fakeRoutes } from '@/testing/fakeRoutes'
import AccountSettings from './AccountSettings.vue'

describe('signing out in the settings', () => {
  beforeEach(() => {
    localStorage.clear()
    signedInAs('ana')
  })

  it('asks before what was written and not sent is gone', async () => {
    const calls = fakeRoutes({ 'DELETE /session/': { status: 204 } })
    localStorage.setItem('pamps-draft-ana-new', '{"text":"half a thought"}')
    const { wrapper } = render(AccountSettings, { me: { username: 'ana', email: 'ana@example.org' } })
    const press = async (label: string) => {
      await wrapper.findAll('button').find((x) => x.text() === label)!.trigger('click')
      await flushPromises()
    }
    await press('Sign out')
    expect(wrapper.get('[role=alert]').text()).toContain('is not sent')
    await press('Cancel')
    await press('Sign out')
    expect(calls.some((x) => x.method === 'DELETE')).toBe(false)
    await press('Sign out all the same')
    expect(calls.some((x) => x.method === 'DELETE')).toBe(true)
    await vi.waitFor(() => expect(localStorage.getItem('pamps-draft-ana-new')).toBeNull())
  })
})
