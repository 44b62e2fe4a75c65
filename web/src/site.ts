/** The name that the site's operator gave it; the server writes it into every page. */
export const siteName = document.querySelector<HTMLMetaElement>('meta[name="application-name"]')?.content || 'Pamps'
