import { isSeen } from './unseen'

/**
 * The length that the server counts: code points of the trimmed text in normal form C, not UTF-16 units. A text of which
 * nothing is seen has none.
 */
export function countCodePoints(text: string): number {
  return isSeen(text) ? Array.from(text.trim().normalize('NFC')).length : 0
}

/** The length of a password as the server counts it. */
export const passwordLength = (password: string) => Array.from(password.normalize('NFC')).length
