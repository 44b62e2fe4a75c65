import { readFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import type { Plugin } from 'vite'

/** Puts src/firstPaint.js into index.html. The server allows it to run by its hash (PageShell.cs). */
export function putInFirstPaint(): Plugin {
  return {
    name: 'put-in-first-paint',
    transformIndexHtml: async (html) => {
      const script = await readFile(new URL('../src/firstPaint.js', import.meta.url), 'utf8')
      const bare = script.replace(/^ *\/\/.*\n/gm, '').replace(/^ +/gm, '').trim()
      return html.replace('<!--pamps-first-paint-->', () => `<script>\n${bare}\n</script>`)
    },
  }
}

/**
 * Tells the server in index.html which files belong to a language and to the pages that links from elsewhere lead to, so
 * that it can name them in those pages (PageShell.cs). Scripts alone: a browser complains of styles it was told of too soon.
 */
export function namePreloads(): Plugin {
  return {
    name: 'name-preloads',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle = {} }) => {
        const files: Record<string, string[]> = {}
        for (const chunk of Object.values(bundle)) {
          const source = chunk.type === 'chunk' ? chunk.facadeModuleId : null
          if (!source || !/\/src\/(pages\/(Post|User)Page\.vue|i18n\/locales\/[\w-]+\.json)$/.test(source)) continue
          files[basename(source, extname(source))] = [...filesOf(chunk.fileName)].map((x) => `/${x}`)
        }
        const names = JSON.stringify(files)
        return (
          html
            .replace('<!--pamps-preload-->', () => `<!--pamps-preload ${names}-->`)
            // There is something to read without them, once the styles are there.
            .replace(/<(script type="module"|link rel="modulepreload")/g, '$& fetchpriority="low"')
            // Run as they arrive, not all of them in the task of the last: a slow phone would stand still.
            .replace(/<link rel="modulepreload"(.*?) href=("[^"]*")>/g, '<script type="module" async$1 src=$2></script>')
        )

        function filesOf(name: string, found = new Set<string>()): Set<string> {
          const chunk = bundle[name]
          // What every page needs is in index.html already.
          if (!chunk || chunk.type !== 'chunk' || found.has(name) || html.includes(`"/${name}"`)) return found
          found.add(name)
          for (const imported of chunk.imports) filesOf(imported, found)
          return found
        }
      },
    },
  }
}
