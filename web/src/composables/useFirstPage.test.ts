import { flushPromises } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import { effectScope, ref, watch } from 'vue'
import { nextTask } from './nextTask'

/** As when the page has just been opened. */
async function opened() {
  vi.resetModules()
  return import('./useFirstPage')
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i + 1)

it('draws a list in steps, and in the end all of it once', async () => {
  const { useGradualList, takeOver } = await opened()
  takeOver()
  const items = ref(numbers(40))
  await effectScope().run(async () => {
    const { shown, isWhole } = useGradualList(() => items.value)
    const lengths = [shown.value.length]
    while (!isWhole.value) {
      await nextTask()
      await flushPromises()
      lengths.push(shown.value.length)
    }
    expect(lengths.length).toBeGreaterThan(3)
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b))
    expect(shown.value).toEqual(numbers(40))
    // What is read later follows at once.
    items.value = numbers(60)
    await nextTask()
    await flushPromises()
    await vi.waitFor(() => expect(shown.value).toEqual(numbers(60)))
  })
})

it('draws a list that is read later in steps, too', async () => {
  const { useGradualList, takeOver } = await opened()
  takeOver()
  const items = ref<number[]>([])
  await effectScope().run(async () => {
    const { shown } = useGradualList(() => items.value)
    await nextTask()
    items.value = numbers(40)
    expect(shown.value.length).toBeLessThan(40)
    await vi.waitFor(() => expect(shown.value).toEqual(numbers(40)))
  })
})

it('draws what is in sight before the client takes over, and the rest after it', async () => {
  vi.stubGlobal('innerHeight', 900)
  const { useGradualList, useTurn, drawSight, takeOver } = await opened()
  await effectScope().run(async () => {
    const [sight, rest] = [useTurn('sight'), useTurn('rest')]
    const { shown } = useGradualList(() => numbers(40))
    await drawSight()
    expect([sight.value, rest.value, shown.value]).toEqual([true, false, numbers(6)])
    takeOver()
    await vi.waitFor(() => expect(shown.value).toEqual(numbers(40)))
    expect(rest.value).toBe(true)
  })
})

it('draws what was scrolled to before the client takes over', async () => {
  vi.stubGlobal('innerHeight', 900)
  vi.stubGlobal('scrollY', 600)
  const { useGradualList, drawSight } = await opened()
  await effectScope().run(async () => {
    const { shown } = useGradualList(() => numbers(40))
    await drawSight()
    expect(shown.value).toEqual(numbers(10))
  })
})

it('draws everything at once on later pages', async () => {
  const { useGradualList, useTurn, endFirstPage } = await opened()
  expect(useTurn('sight').value).toBe(false)
  endFirstPage()
  effectScope().run(() => expect(useGradualList(() => numbers(40)).shown.value).toHaveLength(40))
  expect(useTurn('rest').value).toBe(true)
})

it('gives each its turn, one after the other', async () => {
  const { useTurn } = await opened()
  const [first, second] = [useTurn('sight'), useTurn('sight')]
  const seen: boolean[][] = []
  watch([first, second], (now) => seen.push(now), { flush: 'sync' })
  await vi.waitFor(() => expect(second.value).toBe(true))
  expect(seen).toEqual([
    [true, false],
    [true, true],
  ])
})
