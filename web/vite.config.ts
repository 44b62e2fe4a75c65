import { basename } from 'node:path'
import { fileURLToPath, URL } from 'node:url'
import VueI18n from '@intlify/unplugin-vue-i18n/vite'
import Vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import type { ProxyOptions } from 'vite'
import { namePreloads, putInFirstPaint } from './scripts/indexHtml.ts'

// Where `dotnet run --project src/Pamps.Server` listens.
const server = process.env.PAMPS_SERVER ?? 'http://127.0.0.1:8000'

/** Some addresses are both a page and an API call; a browser that navigates asks for HTML. */
const api: ProxyOptions = {
  target: server,
  bypass: (request) => (request.headers.accept?.includes('text/html') ? '/index.html' : undefined),
}

export default defineConfig({
  plugins: [
    Vue({
      // The name of the component, so that the server can draw with its styles: <h1 data-v-appheader>.
      features: { componentIdGenerator: (path) => basename(path, '.vue').toLowerCase() },
    }),
    putInFirstPaint(),
    namePreloads(),
    VueI18n({
      include: fileURLToPath(new URL('./src/i18n/locales/**/*.json', import.meta.url)),
      runtimeOnly: true,
      // Messages become syntax trees at build time: nothing is compiled in the browser, so no eval.
      dropMessageCompiler: true,
      compositionOnly: true,
      fullInstall: false,
    }),
  ],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false', __INTLIFY_PROD_DEVTOOLS__: 'false' },
  build: {
    manifest: true,
    // The polyfill would be an inline script, which the Content-Security-Policy forbids.
    modulePreload: { polyfill: false },
    // A data: address in CSS or HTML would need an exception in the Content-Security-Policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What every page needs, in three files instead of thirty, each read in a task of its own (indexHtml.ts). The
          // libraries change less often than the client.
          groups: [
            { name: 'vue', test: /[\\/]node_modules[\\/](@vue|vue)[\\/]/, tags: ['$initial'], priority: 3 },
            { name: 'libraries', test: /[\\/]node_modules[\\/]/, tags: ['$initial'], priority: 2 },
            { name: 'client', tags: ['$initial'], priority: 1 },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '^/(post|user|tag|search|notification|session|stream|config|token|refresh_token|logout|health|media|oembed|oauth|api|\\.well-known)(/|\\?|$)': api,
      '^/(openapi.json|docs|redoc)': server,
      '^/@[^/]+\\.(rss|atom)$': server,
    },
  },
  test: {
    environment: 'happy-dom',
    setupFiles: 'src/testing/noNetwork.ts',
    include: ['src/**/*.test.ts'],
    restoreMocks: true,
    unstubGlobals: true,
  },
})
