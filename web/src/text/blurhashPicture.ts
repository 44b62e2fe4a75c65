import { decode } from 'blurhash'

const size = 32
const most = 200
const drawn = new Map<string, string>()

/** The picture that a blurhash tells of, as an address; a browser without a canvas has none. */
export function blurhashPicture(hash: string): string | null {
  const known = drawn.get(hash)
  if (known) return known
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = size
  const context = canvas.getContext('2d')
  if (!context) return null
  const pixels = context.createImageData(size, size)
  pixels.data.set(decode(hash, size, size))
  context.putImageData(pixels, 0, 0)
  const address = canvas.toDataURL()
  drawn.set(hash, address)
  if (drawn.size > most) drawn.delete(drawn.keys().next().value!)
  return address
}
