/** The name that the site's operator gave it; the server writes it into every page. */
export const siteName = document.querySelector<HTMLMetaElement>('meta[name="application-name"]')?.content || 'Pamps'

/** The address of the site's own logo, which the server puts into the browser's tab; null where it has none. */
export const siteLogo = document.querySelector('link[rel=icon][type="image/png"]')?.getAttribute('href') ?? null
