import { request } from './client'
import type { ServerConfig } from './types'

export const readConfig = () => request<ServerConfig>('/config/', { authenticate: false })
