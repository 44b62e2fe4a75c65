import type { Post } from '@/api/types'
import type { IconName } from '@/components/app/icons'

/** Who may see a post, from everybody to a few. */
export const visibilities = ['public', 'unlisted', 'followers', 'direct'] as const

export type Visibility = (typeof visibilities)[number]

export const visibilityIcons: Record<Visibility, IconName> = {
  public: 'globe',
  unlisted: 'unlisted',
  followers: 'lock',
  direct: 'mail',
}

/** The names that a post's text mentions, as their owners write them, each once. */
export const mentionedIn = ({ entities = [] }: Partial<Pick<Post, 'entities'>>): string[] => [
  ...new Set(entities.flatMap((x) => (x.kind === 'mention' && x.username ? [x.username] : []))),
]
