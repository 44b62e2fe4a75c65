import { describe, expect, it } from 'vitest'
import { aPost } from '@/testing/app'
import { placesOf } from './places'

const keys = (post: object, own = false) => placesOf(aPost(post), own).map((x) => x.key)

describe('the places of a new post', () => {
  it("are home, and everyone's posts for one's own", () => {
    expect(keys({})).toEqual(['home'])
    expect(keys({}, true)).toEqual(['home', '/post/'])
  })

  it('are not the list of everyone when not everybody sees it there', () => {
    expect(keys({ visibility: 'unlisted' }, true)).toEqual(['home'])
    expect(keys({ visibility: 'followers' }, true)).toEqual(['home'])
  })

  it('are the direct posts for what goes to a few', () => {
    expect(keys({ visibility: 'direct' })).toEqual(['/post/direct/'])
    expect(keys({ visibility: 'direct' }, true)).toEqual(['/post/direct/'])
  })

  it('are the replies of what it answers', () => {
    expect(keys({ parent_id: 3 }, true)).toEqual(['home', '/post/3/replies/'])
  })
})
