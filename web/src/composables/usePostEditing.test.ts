import { beforeEach, describe, expect, it, vi } from 'vitest'
import { useToastStore } from '@/stores/toasts'
import { aPost, withSetup } from '@/testing/app'
import { fakeServer, json } from '@/testing/fakeServer'
import { usePostEditing } from './usePostEditing'

describe('usePostEditing', () => {
  beforeEach(() => localStorage.clear())

  // A post is sensitive where its author or a moderator says so.
  it.each([
    ['says nothing of what its author leaves as it is', null, true, {}, {}],
    ['uncovers and covers again what the author has covered', false, false, { sensitive: false }, { sensitive: true }],
    ['makes the cover of a moderator none of the author', false, true, { sensitive: false }, {}],
  ])('%s', async (_, sensitive, after, edit, undo) => {
    const server = fakeServer(() => json(aPost({ text: 'new', sensitive: after })))
    const { result } = withSetup(usePostEditing)
    await result.saveEdit(aPost({ text: 'old', sensitive: true }), 'new', [], sensitive)
    useToastStore().toasts[0]!.action!.run()
    await vi.waitFor(() => expect(server.of('PATCH').map((x) => x.json)).toEqual([{ text: 'new', ...edit }, { text: 'old', ...undo }]))
  })
})
