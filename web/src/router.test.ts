import { createPinia, setActivePinia } from 'pinia'
import { expect, it } from 'vitest'
import { router } from './router'

it('who has to sign in to let a program in does so once, even where the program asks for that', async () => {
  localStorage.clear()
  setActivePinia(createPinia())
  const { query } = (await router.push('/oauth/authorize?client_id=1&force_login=true'), router.currentRoute.value)
  expect(query).toEqual({ next: '/oauth/authorize?client_id=1' })
})
