import { describe, expect, it } from 'vitest'
import type { Picture } from '@/api/types'
import { filesByWidth, placeOf } from './pictures'

const picture = (change: object) =>
  ({ kind: 'image', url: '/whole', preview_url: '/small', width: 3840, height: 2160, blurhash: '', focus: { x: 0, y: 0 }, ...change }) as Picture

describe('pictures', () => {
  it('are offered by how wide their files are', () => {
    expect(filesByWidth(picture({}))).toBe('/small 640w, /whole 3840w')
    expect(filesByWidth(picture({ width: 3000, height: 1000 }))).toBe('/small 831w, /whole 3000w')
    // Small enough to be its own preview, or moving where nobody asked for it.
    expect(filesByWidth(picture({ width: 300, height: 100 }))).toBe('/small 300w')
    expect(filesByWidth(picture({ kind: 'animation' }))).toBe('/small 640w')
  })

  it('are held where they were said to matter', () => {
    expect(placeOf(picture({}))).toBe('50% 50%')
    expect(placeOf(picture({ focus: { x: -1, y: 1 } }))).toBe('0% 0%')
  })
})
