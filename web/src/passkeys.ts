/** Whether this browser has passkeys, and reads and writes them as JSON (Web Authentication, level 3). */
export const hasPasskeys = () =>
  typeof PublicKeyCredential !== 'undefined' && 'parseCreationOptionsFromJSON' in PublicKeyCredential

/** Asks for a new passkey; null when that is given up. */
export const makePasskey = (options: unknown) =>
  ask(() =>
    navigator.credentials.create({
      publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options as PublicKeyCredentialCreationOptionsJSON),
    }),
  )

/** Asks for one that there is; null when that is given up. */
export const usePasskey = (options: unknown) =>
  ask(() =>
    navigator.credentials.get({
      publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON),
    }),
  )

/** True when the device has a passkey of this account already. */
export const isThereAlready = (error: unknown) => error instanceof DOMException && error.name === 'InvalidStateError'

async function ask(how: () => Promise<Credential | null>): Promise<object | null> {
  try {
    return ((await how()) as PublicKeyCredential | null)?.toJSON() ?? null
  } catch (error) {
    // Whoever closes the browser's dialog, or waits too long, is told nothing more by it.
    if (error instanceof DOMException && (error.name === 'NotAllowedError' || error.name === 'AbortError')) return null
    throw error
  }
}
