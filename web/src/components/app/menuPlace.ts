import type { InjectionKey } from 'vue'

/**
 * Where menus are drawn: within the page's landmark, where screen readers look for them, unless they are opened from a
 * dialog, outside of which nothing can be reached. Menus are placed on the screen, so no such place may be transformed.
 */
export const menuPlace: InjectionKey<string> = Symbol('menu place')
