import { request } from './client'
import type { Filter, FilterRequest } from './types'

export const listFilters = () => request<Filter[]>('/filter/')

export const makeFilter = (filter: FilterRequest) => request<Filter>('/filter/', { method: 'POST', json: filter })

export const changeFilter = (id: number, filter: FilterRequest) =>
  request<Filter>(`/filter/${id}/`, { method: 'PATCH', json: filter })

export const deleteFilter = (id: number, keepalive: boolean) =>
  request<void>(`/filter/${id}/`, { method: 'DELETE', keepalive })
