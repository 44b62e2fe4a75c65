interface Named {
  username: string
  display_name: string | null
}

/** What a person is called: the name that they give themselves, or the user name. Others may be called the same. */
export const nameOf = (user: Named) => user.display_name ?? user.username

/** The same with the user name, which tells them from others. */
export const fullNameOf = (user: Named) => (user.display_name ? `${user.display_name} (@${user.username})` : `@${user.username}`)
