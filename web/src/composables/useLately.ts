import { computed, shallowRef } from 'vue'
import { requestPage } from '@/api/client'
import { readTagsInUse } from '@/api/users'
import type { Post } from '@/api/types'
import { useRelationStore } from '@/stores/relations'
import { useSessionStore } from '@/stores/session'

const mostRead = 50
const freshFor = 5 * 60_000

/** The newest of everyone's posts and the hashtags in use, read once for all that tell of them. */
const read = shallowRef<{ generation: number; at: number; all: Promise<unknown> } | null>(null)
const posts = shallowRef<Post[]>([])
const tags = shallowRef<string[]>([])

/** Who has written lately, and the hashtags that most people used: of them there is something to read. */
export function useLately() {
  const session = useSessionStore()
  const relations = useRelationStore()

  function load(): Promise<unknown> {
    const known = read.value
    if (known?.generation === session.generation && Date.now() - known.at < freshFor) return known.all
    const all = Promise.all([
      requestPage<Post>('/post/', { query: { limit: mostRead } }).then(({ items }) => (posts.value = items)),
      readTagsInUse().then((found) => (tags.value = found.map((x) => x.tag))),
    ])
    read.value = { generation: session.generation, at: Date.now(), all }
    // The next one tries again.
    all.catch(() => (read.value = null))
    return all
  }

  const others = computed(() =>
    posts.value.filter((x) => x.username !== session.username && !relations.hides(x.user_id)),
  )
  /** The latest first. */
  const people = computed(() => others.value.filter((x, i, all) => all.findIndex((y) => y.user_id === x.user_id) === i))

  return { load, people, tags }
}
