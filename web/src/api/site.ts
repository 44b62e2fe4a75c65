import { request } from './client'
import type { Site, SiteText } from './types'

/** What the site says of itself, in this language where it has it. */
export const readSite = (locale: string) => request<Site>('/site/', { query: { locale }, authenticate: false })

/** All that is written, for admins. */
export const listSiteTexts = () => request<SiteText[]>('/site/text/')

const path = (key: string, locale: string) => `/site/text/${encodeURIComponent(key)}/${encodeURIComponent(locale)}/`

export const writeSiteText = (key: string, locale: string, body: string, endsAt: string | null) =>
  request<SiteText>(path(key, locale), { method: 'PUT', json: { body, ends_at: endsAt } })

export const deleteSiteText = (key: string, locale: string) => request<void>(path(key, locale), { method: 'DELETE' })
