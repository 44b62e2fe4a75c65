import { defineStore } from 'pinia'
import { shallowReactive, watch } from 'vue'
import { readUser } from '@/api/users'
import type { Profile } from '@/api/types'
import { useFollowStore } from './follows'
import { useRelationStore } from './relations'
import { useSessionStore } from './session'

/** Enough to go back and forth for a while. */
const mostProfiles = 50

/** Profiles that were read, so that going back shows them at once. */
export const useProfileStore = defineStore('profiles', () => {
  const profiles = shallowReactive(new Map<string, Profile>())
  const follows = useFollowStore()
  const relations = useRelationStore()
  const session = useSessionStore()
  // Names differ by more than case only in how they are written.
  const key = (username: string) => username.toLowerCase()

  watch(() => session.generation, () => profiles.clear(), { flush: 'sync' })

  const find = (username: string) => profiles.get(key(username)) ?? null

  async function read(username: string): Promise<Profile> {
    const generation = session.generation
    const profile = await readUser(username)
    if (session.generation !== generation) return profile
    profiles.delete(key(username))
    profiles.set(key(username), profile)
    if (profiles.size > mostProfiles) profiles.delete(profiles.keys().next().value!)
    if (profile.followed !== null) follows.note(profile.id, profile.followed ? 'yes' : profile.requested ? 'asked' : 'no')
    relations.note(profile)
    return profile
  }

  return { find, read }
})
