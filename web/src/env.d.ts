/// <reference types="vite/client" />

interface Window {
  /**
   * Takes a page anew, at most so often in a minute, so that what is not mended by it does not go round for ever; false when
   * it has. Of src/firstPaint.js, which is missing in tests.
   */
  pampsReload?(address: string, most: number): boolean
  /** Says that the page could not be loaded. */
  pampsFail?(): void
}
