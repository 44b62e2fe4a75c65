import { computed, shallowRef } from 'vue'
import { requestPage } from '@/api/client'
import type { Post } from '@/api/types'
import { useRelationStore } from '@/stores/relations'
import { useSessionStore } from '@/stores/session'

const mostRead = 50
const freshFor = 5 * 60_000

/** The newest of everyone's posts, read once for all that tell of them. */
const read = shallowRef<{ generation: number; at: number; posts: Promise<Post[]> } | null>(null)
const posts = shallowRef<Post[]>([])

/** Who has written lately, and with which hashtags: of them there is something to read. */
export function useLately() {
  const session = useSessionStore()
  const relations = useRelationStore()

  function load(): Promise<Post[]> {
    const known = read.value
    if (known?.generation === session.generation && Date.now() - known.at < freshFor) return known.posts
    const reading = requestPage<Post>('/post/', { query: { limit: mostRead } }).then(({ items }) => (posts.value = items))
    read.value = { generation: session.generation, at: Date.now(), posts: reading }
    // The next one tries again.
    reading.catch(() => (read.value = null))
    return reading
  }

  const others = computed(() =>
    posts.value.filter((x) => x.username !== session.username && !relations.hides(x.user_id)),
  )
  /** The latest first. */
  const people = computed(() => others.value.filter((x, i, all) => all.findIndex((y) => y.user_id === x.user_id) === i))
  /** Those that most people used first. */
  const tags = computed(() => {
    const users = new Map<string, Set<number>>()
    for (const { user_id: user, entities } of others.value)
      for (const { tag } of entities ?? []) if (tag) users.set(tag, (users.get(tag) ?? new Set()).add(user))
    return [...users].sort(([, one], [, other]) => other.size - one.size).map(([tag]) => tag)
  })

  return { load, people, tags }
}
