/** Whether something is an absolute http or https address: the only ones that may become a link or a picture. */
export function isWebAddress(address: string): boolean {
  return /^https?:\/\//i.test(address) && URL.canParse(address)
}
