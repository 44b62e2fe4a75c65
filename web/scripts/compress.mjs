// Writes a .br and a .gz next to every file of dist that gets smaller by it, so that the server only has to choose.
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const dist = fileURLToPath(new URL('../dist/', import.meta.url))
const compressible = new Set(['.html', '.js', '.css', '.svg', '.json', '.webmanifest', '.txt'])

const files = await readdir(dist, { recursive: true, withFileTypes: true })
await Promise.all(
  files
    .filter((x) => x.isFile() && compressible.has(extname(x.name)))
    .map(async (x) => {
      const path = join(x.parentPath, x.name)
      const content = await readFile(path)
      const brotli = await promisify(brotliCompress)(content, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
          [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
        },
      })
      const gzipped = await promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION })
      if (brotli.length < content.length) await writeFile(`${path}.br`, brotli)
      if (gzipped.length < content.length) await writeFile(`${path}.gz`, gzipped)
    }),
)
