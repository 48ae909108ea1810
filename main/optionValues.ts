/** What commander collects. */
export interface OptionValues {
  [name: string]: unknown;
}

/** An entry only where there is a value. */
export function optional<K extends string>(
  key: K,
  value: unknown,
): Record<K, never> | Record<string, never> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, never>);
}

export function list(text: string): string[] {
  return text.split(',');
}
