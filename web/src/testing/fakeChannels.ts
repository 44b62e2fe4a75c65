import { vi } from 'vitest'

/** BroadcastChannels that know only those made in the same test; each message arrives a little later. */
export function fakeChannels(): void {
  const open: { name: string; target: EventTarget }[] = []
  vi.stubGlobal(
    'BroadcastChannel',
    class extends EventTarget {
      constructor(private readonly name: string) {
        super()
        open.push({ name, target: this })
      }
      postMessage(data: unknown): void {
        const copy = structuredClone(data)
        for (const { name, target } of open) {
          if (name === this.name && target !== this)
            setTimeout(() => target.dispatchEvent(new MessageEvent('message', { data: copy })), 1)
        }
      }
    },
  )
}
