// Adds up what a first visit to the public home page downloads, as brotli, and fails above the limit.
// Run `npm run build` first.
import { readFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'

const limit = 120_000
// Loaded on the way to the first paint, besides what the HTML names: the language.
const loadedFirst = ['src/i18n/locales/en.json']

const dist = new URL('../dist/', import.meta.url)
const manifest = JSON.parse(await readFile(new URL('.vite/manifest.json', dist), 'utf8'))
const html = await readFile(new URL('index.html', dist), 'utf8')

const files = new Set(['index.html'])
function add(chunk) {
  if (files.has(chunk.file)) return
  files.add(chunk.file)
  for (const css of chunk.css ?? []) files.add(css)
  for (const imported of chunk.imports ?? []) add(manifest[imported])
}
for (const [, file] of html.matchAll(/(?:src|href)="\/([^"]+)"/g)) {
  add(Object.values(manifest).find((x) => x.file === file) ?? { file })
}
for (const key of loadedFirst) {
  if (!manifest[key]) throw new Error(`${key} is not in the manifest of the build.`)
  add(manifest[key])
}

let total = 0
for (const file of files) {
  const compressed = new URL(`${file}.br`, dist)
  const size = (await readFile(existsSync(compressed) ? compressed : new URL(file, dist))).length
  total += size
  console.log(String(size).padStart(8), file)
}
console.log(String(total).padStart(8), `bytes in ${files.size} files; at most ${limit}`)
if (total > limit) process.exit(1)
