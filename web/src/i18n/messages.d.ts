import type en from './locales/en.json'

// Makes a wrong key a type error.
declare module 'vue-i18n' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  export interface DefineLocaleMessage extends Readonly<typeof en> {}
}
