/** Whether this browser has passkeys, and reads and writes them as JSON (Web Authentication, level 3). */
export const hasPasskeys = () =>
  typeof PublicKeyCredential !== 'undefined' && 'parseCreationOptionsFromJSON' in PublicKeyCredential

/** Passkeys are one host's, and this page is at another one. */
export class OtherHostError extends Error {
  override readonly name = 'OtherHostError'

  constructor(readonly host: string) {
    super(`Passkeys work at ${host} alone`)
  }
}

/** Asks for a new passkey; null when that is given up. */
export const makePasskey = (options: unknown) =>
  ask((options as PublicKeyCredentialCreationOptionsJSON).rp.id, () =>
    navigator.credentials.create({
      publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options as PublicKeyCredentialCreationOptionsJSON),
    }),
  )

/** Asks for one that there is; null when that is given up. */
export const usePasskey = (options: unknown) =>
  ask((options as PublicKeyCredentialRequestOptionsJSON).rpId, () =>
    navigator.credentials.get({
      publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON),
    }),
  )

/** True when the device has a passkey of this account already. */
export const isThereAlready = (error: unknown) => error instanceof DOMException && error.name === 'InvalidStateError'

async function ask(host: string | undefined, how: () => Promise<Credential | null>): Promise<object | null> {
  // The site answers at other addresses too, where browsers or the server would refuse, with no word that helps.
  if (host && host !== location.hostname) throw new OtherHostError(host)
  try {
    return ((await how()) as PublicKeyCredential | null)?.toJSON() ?? null
  } catch (error) {
    // Whoever closes the browser's dialog, or waits too long, is told nothing more by it.
    if (error instanceof DOMException && (error.name === 'NotAllowedError' || error.name === 'AbortError')) return null
    throw error
  }
}
