/** Whether something is an absolute http or https address: the only ones that may become a link. */
export function isWebAddress(address: string): boolean {
  return /^https?:\/\//i.test(address) && URL.canParse(address)
}

const publicHost = /^https:\/\/((?:[\w-]+\.)+[a-z][\w-]*)(?::443)?(?:[/?#]|$)/i
const ownNetwork = /\.(?:localhost|local|internal|arpa)$/i

/** Whether something may be the address of a picture, as the server's WebAddress.IsPublic has it: nobody's own network. */
export function isPictureAddress(address: string): boolean {
  const host = publicHost.exec(address)?.[1]
  return host !== undefined && !ownNetwork.test(host) && URL.canParse(address)
}

/** Whether it is the address of a file of this site, whatever host serves it. */
export function isFile(address: string): boolean {
  return /^(?:https?:\/\/[^/?#]+)?\/media\/files\/[0-9a-f]{64}\.\w+$/.test(address)
}
