import { describe, expect, it } from 'vitest'
import { changed, mostZoom, partOf } from './crop'

const wide = { width: 1200, height: 400 }
const middle = { x: 0.5, y: 0.5, zoom: 1 }

describe('crop', () => {
  it('begins with as much of the middle as its shape lets it', () => {
    expect(partOf(wide, 1, middle)).toEqual({ x: 400, y: 0, width: 400, height: 400 })
    expect(partOf({ width: 400, height: 1200 }, 3, middle)).toMatchObject({ x: 0, width: 400, height: 400 / 3 })
  })

  it('moves by parts of what is seen, and stops at the edges', () => {
    const left = changed(wide, 1, middle, { x: -0.5 })
    expect(partOf(wide, 1, left)).toMatchObject({ x: 200, y: 0 })
    const end = changed(wide, 1, middle, { x: -9, y: 9 })
    expect(partOf(wide, 1, end)).toMatchObject({ x: 0, y: 0 })
    // And comes back from there at once.
    expect(partOf(wide, 1, changed(wide, 1, end, { x: 0.5 }))).toMatchObject({ x: 200 })
  })

  it('is enlarged around its middle, between the whole and a fifth of it', () => {
    const near = changed(wide, 1, middle, { zoom: 2 })
    expect(partOf(wide, 1, near)).toEqual({ x: 500, y: 100, width: 200, height: 200 })
    expect(changed(wide, 1, near, { zoom: 100 }).zoom).toBe(mostZoom)
    expect(changed(wide, 1, near, { zoom: 0.001 }).zoom).toBe(1)
  })
})
