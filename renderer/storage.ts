/** Where a choice is remembered; a sandboxed report may not store anything, and forgets. */
export function storage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}
