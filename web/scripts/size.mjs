// Adds up what a first visit to the public home page downloads, as brotli, and fails above the limit.
// Run `npm run build` first.
import { readFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'

const limit = 120_000
const entry = 'index.html'
// Loaded on the way to the first paint, besides the entry (which holds the page itself): the language.
const firstRoute = ['src/i18n/locales/en.json']
const alwaysRequested = ['index.html', 'theme.js', 'favicon.svg', 'site.webmanifest']

const dist = new URL('../dist/', import.meta.url)
const manifest = JSON.parse(await readFile(new URL('.vite/manifest.json', dist), 'utf8'))

const files = new Set(alwaysRequested)
function add(key) {
  const chunk = manifest[key]
  if (!chunk) throw new Error(`${key} is not in the manifest of the build.`)
  if (files.has(chunk.file)) return
  files.add(chunk.file)
  for (const css of chunk.css ?? []) files.add(css)
  for (const imported of chunk.imports ?? []) add(imported)
}
for (const key of [entry, ...firstRoute]) add(key)

let total = 0
for (const file of files) {
  const compressed = new URL(`${file}.br`, dist)
  const size = (await readFile(existsSync(compressed) ? compressed : new URL(file, dist))).length
  total += size
  console.log(String(size).padStart(8), file)
}
console.log(String(total).padStart(8), `bytes in ${files.size} files; at most ${limit}`)
if (total > limit) process.exit(1)
