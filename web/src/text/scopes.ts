import type { ComposerTranslation } from 'vue-i18n'

/** What programs may be allowed, in words: the broad ones alone, where they cover the finer ones. */
export function describeScopes(scopes: readonly string[], t: ComposerTranslation): string[] {
  return scopes.filter((x) => !scopes.includes(x.split(':')[0]!) || !x.includes(':')).map((x) => describe(x, t))
}

function describe(scope: string, t: ComposerTranslation): string {
  const [verb, what] = scope.split(':')
  if (!what) return t(`consent.${verb}` as 'consent.read')
  return t(verb === 'read' ? 'consent.readOne' : 'consent.writeOne', { what: t(`consent.what.${what}` as 'consent.what.statuses') })
}
