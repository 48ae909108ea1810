import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('../../renderer/styles/tokens.css', import.meta.url), 'utf8');
const light = tokens(css.slice(0, css.indexOf("[data-mantine-color-scheme='dark']")));
const dark = { ...light, ...tokens(css.slice(css.indexOf("[data-mantine-color-scheme='dark']"))) };

describe.each([
  ['light', light],
  ['dark', dark],
])('%s colours', (_scheme, colours) => {
  test('the two sides differ in lightness alone, so they differ in grey', () => {
    const difference = lightness(colours.reference) - lightness(colours.current);
    expect(Math.abs(difference)).toBeGreaterThan(18);
  });

  test('words are readable on every ground', () => {
    for (const ink of ['ink', 'ink-2', 'ink-3', 'accent', 'warning', 'reference-ink']) {
      for (const ground of ['paper', 'surface']) {
        expect(contrast(colours[ink], colours[ground]), `${ink} on ${ground}`).toBeGreaterThan(4.5);
      }
    }
  });

  test('verdicts are readable, also on their own tint', () => {
    for (const verdict of ['drifted', 'inconclusive', 'stable', 'skipped']) {
      expect(contrast(colours[verdict], colours.surface), verdict).toBeGreaterThan(4.5);
      expect(contrast(colours[verdict], colours[`${verdict}-soft`]), verdict).toBeGreaterThan(4.2);
    }
  });
});

function tokens(text: string): Record<string, string> {
  const found = text.matchAll(/--([a-z0-9-]+):\s*(#[0-9a-f]{6});/g);
  return Object.fromEntries([...found].map(([, name, value]) => [name, value]));
}

/** WCAG relative luminance. */
function luminance(colour: string | undefined): number {
  if (colour === undefined) throw new Error('no such colour');
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const value = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** CIE L*. */
function lightness(colour: string | undefined): number {
  return 116 * Math.cbrt(luminance(colour)) - 16;
}

function contrast(first: string | undefined, second: string | undefined): number {
  const [low = 0, high = 0] = [luminance(first), luminance(second)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}
