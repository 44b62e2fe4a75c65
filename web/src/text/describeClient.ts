// From the most special to the most general: every browser claims to be the ones before it.
const browsers: [RegExp, string][] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bEdgiOS\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|Chromium|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bVersion\/.*\bSafari\//, 'Safari'],
]

const systems: [RegExp, string][] = [
  [/\biPad\b/, 'iPad'],
  [/\biPhone\b|\biPod\b/, 'iPhone'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
]

export interface ClientDescription {
  /** The browser, or what another program calls itself; null when it says nothing. */
  program: string | null
  system: string | null
}

/** What a person would call the program behind a User-Agent. */
export function describeClient(userAgent: string | null): ClientDescription {
  if (!userAgent) return { program: null, system: null }
  const find = (names: [RegExp, string][]) => names.find(([pattern]) => pattern.test(userAgent))?.[1] ?? null
  // Not a browser, such as curl/8.5.0: the name before the slash says it.
  const ownName = /^(?!Mozilla\/)([^\s/;()]{1,40})/.exec(userAgent)?.[1] ?? null
  return { program: find(browsers) ?? ownName, system: find(systems) }
}
