import { defineStore } from 'pinia'
import { ref } from 'vue'
import { readConfig } from '@/api/config'
import { siteName } from '@/site'

/** What the server's owner has set; the defaults stand until it has answered. */
export const useConfigStore = defineStore('config', () => {
  const postMaxLength = ref(500)
  const passwordMinLength = ref(8)
  const name = ref(siteName)
  const version = ref('')
  /** What the site says of itself; empty where it says nothing. */
  const description = ref('')
  /** The types of pictures that the server takes; empty until it has answered, and where it takes none. */
  const pictureTypes = ref<string[]>([])
  const picturesPerPost = ref(4)
  /** The types of video and audio that the server takes; empty where it has nothing that encodes them. */
  const recordingTypes = ref<string[]>([])
  /** The most bytes of one. */
  const recordingMaxBytes = ref(Infinity)
  /** Whether the server sends mail; true until it has answered, since most do who have forgotten passwords. */
  const sendsMail = ref(true)
  /** Whether one confirms one's address before one posts. */
  const confirmEmail = ref(false)
  /** Who may register: `open` for everybody, `approval` for whom a moderator approves, `invited` for who has an invitation, `closed` for nobody. */
  const registration = ref('open')
  /** Whether everybody invites people; otherwise superusers alone do. */
  const membersInvite = ref(false)
  /** Whether people sign in with passkeys, which takes a site that has said its address. */
  const passkeys = ref(false)
  let loading: Promise<void> | null = null

  /** Asks the server once; a failure leaves the defaults, and the next caller asks again. */
  function load(): Promise<void> {
    loading ??= readConfig().then(
      (config) => {
        postMaxLength.value = config.post_max_length
        passwordMinLength.value = config.password_min_length
        name.value = config.name
        version.value = config.version
        description.value = config.description ?? ''
        pictureTypes.value = config.media?.types ?? []
        recordingTypes.value = [...(config.media?.video?.types ?? []), ...(config.media?.audio?.types ?? [])]
        recordingMaxBytes.value = config.media?.video?.max_bytes ?? Infinity
        sendsMail.value = config.mail ?? true
        confirmEmail.value = config.confirm_email ?? false
        registration.value = config.registration ?? 'open'
        membersInvite.value = config.members_invite ?? false
        passkeys.value = config.passkeys ?? false
        picturesPerPost.value = config.media?.max_per_post ?? 4
      },
      () => void (loading = null),
    )
    return loading
  }

  return {
    postMaxLength,
    passwordMinLength,
    name,
    description,
    version,
    pictureTypes,
    picturesPerPost,
    recordingTypes,
    recordingMaxBytes,
    sendsMail,
    confirmEmail,
    registration,
    membersInvite,
    passkeys,
    load,
  }
})
