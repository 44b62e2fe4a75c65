// Builds the web client and leaves a copy of it for one configuration of Pamps.Server:
//   node build-web-client.mjs WEB_FOLDER COPY
// Does only what is needed, and one process at a time: builds of two configurations share web/node_modules and
// web/dist. Says nothing unless something fails.
import { execSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const [webFolder, copy] = process.argv.slice(2)
const dist = path.join(webFolder, 'dist')
// In the folder that each build empties, so that a build by hand takes it away.
const stamp = path.join(dist, '.built-from')
const notInputs = new Set(['node_modules', 'dist', 'e2e', 'coverage', 'test-results'])

/** The files below a folder, in a fixed order, with `/` between names. */
function listFiles(folder, skip = () => false, prefix = '') {
  return fs
    .readdirSync(path.join(folder, prefix), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .filter((entry) => !skip(prefix + entry.name))
    .flatMap((entry) =>
      entry.isDirectory() ? listFiles(folder, skip, `${prefix}${entry.name}/`) : [prefix + entry.name],
    )
}

function hashOf(folder, files) {
  const hash = createHash('sha256')
  for (const file of files) {
    const content = fs.readFileSync(path.join(folder, file))
    hash.update(`${file}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

function readOrEmpty(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : ''
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Waits until no other process builds this folder. The lock of a process that is gone counts for nothing. */
async function takeLock() {
  const name = createHash('sha256').update(fs.realpathSync(webFolder)).digest('hex').slice(0, 16)
  const lock = path.join(os.tmpdir(), `pamps-web-${name}.lock`)
  for (;;) {
    try {
      fs.writeFileSync(lock, String(process.pid), { flag: 'wx' })
      process.on('exit', () => fs.rmSync(lock, { force: true }))
      for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1))
      return
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    const holder = Number(readOrEmpty(lock))
    // Empty for the moment between its making and its first byte.
    if (holder > 0 && !isAlive(holder)) fs.rmSync(lock, { force: true })
    else await delay(200)
  }
}

function run(command) {
  execSync(command, { cwd: webFolder, stdio: 'pipe', maxBuffer: 64 * 1024 * 1024 })
}

/** npm writes its own list of what it installed last of all; it is as new as the last installation. */
function isInstalled() {
  const installed = path.join(webFolder, 'node_modules', '.package-lock.json')
  const changed = ['package-lock.json', 'package.json'].map((x) => fs.statSync(path.join(webFolder, x)).mtimeMs)
  return fs.existsSync(installed) && fs.statSync(installed).mtimeMs >= Math.max(...changed)
}

function build() {
  if (!isInstalled()) run('npm ci --no-audit --no-fund --loglevel=error')
  const isNotInput = (file) => notInputs.has(file) || file.endsWith('.tsbuildinfo')
  const inputs = hashOf(webFolder, listFiles(webFolder, isNotInput))
  if (readOrEmpty(stamp) === inputs) return
  run('npm run --silent build')
  fs.writeFileSync(stamp, inputs)
}

/** Replaces the copy as a whole; leaves it alone when it is the same already. */
function copyDist() {
  // Names that begin with a dot are tools' own: the stamp, Vite's manifest.
  const files = listFiles(dist, (file) => file.startsWith('.'))
  if (fs.existsSync(copy) && hashOf(copy, listFiles(copy)) === hashOf(dist, files)) return
  const next = `${copy}.next`
  fs.rmSync(next, { recursive: true, force: true })
  for (const file of files) {
    const target = path.join(next, file)
    fs.mkdirSync(path.dirname(target), { recursive: true })
    fs.copyFileSync(path.join(dist, file), target)
  }
  fs.rmSync(copy, { recursive: true, force: true })
  fs.renameSync(next, copy)
}

await takeLock()
try {
  build()
  copyDist()
} catch (error) {
  const output = [error.stdout, error.stderr].filter(Boolean).join('\n').trim()
  console.error(output || error.message)
  process.exitCode = 1
}
