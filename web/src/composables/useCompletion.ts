import { computed, ref, shallowRef } from 'vue'
import { isAborted } from '@/api/errors'
import { completeTags, completeUsers } from '@/api/users'
import { mayBeginUsername } from '@/text/usernames'

export interface Suggestion {
  /** What is put in place of what was typed. */
  text: string
  username: string | null
  /** The name that the person gives themselves. */
  name: string | null
  avatar: string | null
}

interface Word {
  sign: '@' | '#'
  prefix: string
  start: number
  end: number
}

/** A mention or hashtag that is being typed: it ends at the caret. */
export function wordBefore(text: string, caret: number): Word | null {
  const match = /(?:^|[^\p{L}\p{N}_@＠#＃/&])([@＠#＃])([\p{L}\p{M}\p{N}_]{1,50})$/u.exec(text.slice(0, caret))
  if (!match) return null
  const [, written, prefix] = match
  // Keyboards of East Asia write the wide ones.
  const sign = written === '@' || written === '＠' ? '@' : '#'
  if (sign === '@' && !mayBeginUsername(prefix!)) return null
  return { sign, prefix: prefix!, start: caret - prefix!.length - 1, end: caret }
}

const typingPause = 150

/** Completes mentions and hashtags in a text field. The caller shows the suggestions and passes the keys on. */
export function useCompletion(insert: (text: string, caret: number) => void) {
  const suggestions = shallowRef<Suggestion[]>([])
  const active = ref(0)
  const isOpen = computed(() => suggestions.value.length > 0)
  let word: Word | null = null
  let field = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  let request: AbortController | null = null

  /** To be called whenever the text or the caret has changed. */
  function look(text: string, caret: number): void {
    field = text
    clearTimeout(timer)
    request?.abort()
    word = wordBefore(text, caret)
    if (word) timer = setTimeout(() => void ask(word!), typingPause)
    else close()
  }

  async function ask({ sign, prefix }: Word): Promise<void> {
    request = new AbortController()
    try {
      suggestions.value =
        sign === '@'
          ? (await completeUsers(prefix, request.signal)).map(({ username, display_name: name, avatar }) => ({
              text: `@${username}`,
              username,
              name,
              avatar,
            }))
          : (await completeTags(prefix, request.signal)).map(({ tag }) => ({
              text: `#${tag}`,
              username: null,
              name: null,
              avatar: null,
            }))
      active.value = 0
    } catch (error) {
      // Typing goes on without help.
      if (!isAborted(error)) close()
    }
  }

  function choose(index: number): void {
    const suggestion = suggestions.value[index]
    if (!suggestion || !word) return
    const before = `${field.slice(0, word.start)}${suggestion.text} `
    insert(before + field.slice(word.end).replace(/^ /, ''), before.length)
    close()
  }

  function close(): void {
    clearTimeout(timer)
    request?.abort()
    suggestions.value = []
    word = null
  }

  /** True when the key was meant for the suggestions. */
  function handleKey(event: KeyboardEvent): boolean {
    if (!isOpen.value || event.isComposing) return false
    const count = suggestions.value.length
    if (event.key === 'ArrowDown') active.value = (active.value + 1) % count
    else if (event.key === 'ArrowUp') active.value = (active.value - 1 + count) % count
    else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab') choose(active.value)
    else if (event.key === 'Escape') close()
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }

  return { suggestions, active, isOpen, look, choose, close, handleKey }
}
