/** Puts text on the clipboard; where that is not allowed, selects it in its element for the person to copy. */
export async function copyText(text: string, element: HTMLElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // No clipboard on a page from file://, in a frame, or when the person said no.
    if (element !== null) window.getSelection()?.selectAllChildren(element);
    return false;
  }
}
