import type { ComposerTranslation } from 'vue-i18n'
import type { Router } from 'vue-router'
import { readArchive } from '@/api/archives'
import { readImport } from '@/api/imports'
import { useToastStore } from '@/stores/toasts'

// What the server does for somebody for long has come to its end, and they are somewhere else in the client by now.

/** Long enough to be seen by who looks at something else. */
const duration = 20_000

type Texts = ComposerTranslation

export async function tellOfArchive(t: Texts, router: Router): Promise<void> {
  // Should it not be read, the settings say so.
  const archive = await readArchive().catch(() => null)
  if (archive?.state === 'ready') tell(t('settings.data.isReady'), 'info', t, router)
  else if (archive?.state === 'failed') tell(t('settings.data.failed'), 'error', t, router)
}

export async function tellOfImport(id: number, t: Texts, router: Router): Promise<void> {
  const found = await readImport(id).catch(() => null)
  if (found?.state === 'done') tell(t('settings.import.isDone'), 'info', t, router)
  else if (found?.state === 'failed') tell(t('settings.import.isFailed'), 'error', t, router)
}

function tell(text: string, kind: 'info' | 'error', t: Texts, router: Router): void {
  const settings = { name: 'settings' }
  const isThere = router.currentRoute.value.name === settings.name
  useToastStore().show(text, {
    kind,
    duration,
    ...(isThere ? {} : { action: { label: t('nav.settings'), run: () => void router.push(settings) } }),
  })
}
