import { unseen } from './unseen'

// How a text is drawn so that it leaves room for others, as the server does it (Html/Folding.cs); folding.json holds what both
// must agree on, and docs/decisions/0015 the reasons.

/** A higher text is folded, to fewer lines (PostText.vue), so that what is left out is worth a tap. */
const mostLines = 16
/** Code points in a line of a phone, by which the server goes, and in the shortest line there is, of wide letters. */
const line = 45
const shortestLine = 16

const lineEnd = '[\\n\\u2028\\u2029]'
const blankLines = new RegExp(`${lineEnd}(?:(?:(?!${lineEnd})${unseen})*${lineEnd}){2,}`, 'gu')
const isLineEnd = new RegExp(lineEnd)
/** Stands above or below its letter. */
const mark = /\p{M}/u

/** Blank lines that follow each other as one. */
export const foldBlankLines = (text: string) => text.replace(blankLines, '\n\n')

function linesOf(text: string, length: number): number {
  let lines = 1
  let inLine = 0
  for (const point of text) {
    if (isLineEnd.test(point)) {
      lines++
      inLine = 0
    } else if (!mark.test(point) && ++inLine > length) {
      lines++
      inLine = 1
    }
  }
  return lines
}

/** Whether a text of so many lines is folded. */
export const isLong = (lines: number) => lines > mostLines

/** What it seems to be before it can be measured, as the server sees it. */
export const seemsLong = (text: string) => isLong(linesOf(text, line))

/** Whether it is worth measuring. */
export const mayBeLong = (text: string) => isLong(linesOf(text, shortestLine))

/** A character with more marks than any language has, which would reach beyond their line. */
const stack = /[^\p{M}\n\u2028\u2029]?\p{M}{5,}/u
const stacks = new RegExp(`(${stack.source})`, 'u')

export const hasStack = (text: string) => stack.test(text)

/** Every second piece is a stack. */
export const splitStacks = (text: string) => (hasStack(text) ? text.split(stacks) : [text])
