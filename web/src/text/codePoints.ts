/** The length that the server counts: code points of the trimmed text in normal form C, not UTF-16 units. */
export function countCodePoints(text: string): number {
  return Array.from(text.trim().normalize('NFC')).length
}
