/** Whatever had the focus before a dialog, which has no trigger of its own that it could give it back to. */
export function useOpener() {
  let opener: HTMLElement | null = null

  function remember(): void {
    opener = document.activeElement as HTMLElement | null
  }

  /** Once the dialog is gone, unless something else has the focus by then. */
  function giveFocusBack(options?: FocusOptions): void {
    setTimeout(() => {
      if (document.activeElement === document.body) opener?.focus(options)
    })
  }

  return { remember, giveFocusBack }
}
