/** A part of a picture, in its pixels. */
export interface Part {
  x: number
  y: number
  width: number
  height: number
}

/** Where the middle of the part is, from 0 to 1 in the picture, and how many times it is enlarged. */
export interface View {
  x: number
  y: number
  zoom: number
}

interface Size {
  width: number
  height: number
}

export const mostZoom = 5

const clamp = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most)

/** The part that is seen: as large as the picture lets it be in this shape, or smaller, and never beyond its edges. */
export function partOf({ width, height }: Size, shape: number, view: View): Part {
  const whole = Math.min(width, height * shape)
  const part = { width: whole / view.zoom, height: whole / shape / view.zoom }
  return {
    ...part,
    x: clamp(view.x * width - part.width / 2, 0, width - part.width),
    y: clamp(view.y * height - part.height / 2, 0, height - part.height),
  }
}

/** The view after the picture was moved by parts of what is seen of it, and enlarged. */
export function changed(size: Size, shape: number, view: View, by: { x?: number; y?: number; zoom?: number }): View {
  const seen = partOf(size, shape, view)
  const zoom = clamp(view.zoom * (by.zoom ?? 1), 1, mostZoom)
  // What an edge holds back is not left to be moved back later.
  const part = partOf(size, shape, {
    zoom,
    x: (seen.x + seen.width / 2 + (by.x ?? 0) * seen.width) / size.width,
    y: (seen.y + seen.height / 2 + (by.y ?? 0) * seen.height) / size.height,
  })
  return { zoom, x: (part.x + part.width / 2) / size.width, y: (part.y + part.height / 2) / size.height }
}
