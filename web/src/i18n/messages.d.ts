import type en from './locales/en.json'
import type pages from './locales/pages/en.json'

// Makes a wrong key a type error.
declare module 'vue-i18n' {
  type Messages = typeof en & typeof pages
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  export interface DefineLocaleMessage extends Readonly<Messages> {}
}
