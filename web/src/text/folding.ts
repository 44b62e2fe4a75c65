import { unseen } from './unseen'

// How a text is drawn so that it leaves room for others, as the server does it (Html/Folding.cs); folding.json holds what both
// must agree on, and docs/decisions/0015 the reasons.

/** Code points in a line of a phone. */
const row = 45
/** A longer text is folded, to fewer rows, so that what is left out is worth a tap. */
const mostRows = 16
const shownRows = 12

const lineEnd = '[\\n\\u2028\\u2029]'
const blankLines = new RegExp(`${lineEnd}(?:(?:(?!${lineEnd})${unseen})*${lineEnd}){2,}`, 'gu')
const isLineEnd = new RegExp(lineEnd)

/** Blank lines that follow each other as one. */
export const foldBlankLines = (text: string) => text.replace(blankLines, '\n\n')

/** Where to cut the text in a list, in code points; null when it is short enough. */
export function cutAt(text: string): number | null {
  let rows = 1
  let inLine = 0
  let cut = 0
  let points = 0
  for (const point of text) {
    if (isLineEnd.test(point)) {
      rows++
      inLine = 0
    } else if (++inLine > row) {
      rows++
      inLine = 1
    }
    if (rows <= shownRows) cut = points + 1
    points++
  }
  return rows > mostRows ? cut : null
}

/** A character with more marks than any language has, which would reach beyond their line. */
const stack = /[^\p{M}\n\u2028\u2029]?\p{M}{5,}/u
const stacks = new RegExp(`(${stack.source})`, 'u')

export const hasStack = (text: string) => stack.test(text)

/** Every second piece is a stack. */
export const splitStacks = (text: string) => (hasStack(text) ? text.split(stacks) : [text])
