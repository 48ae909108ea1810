import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('../../renderer/styles/tokens.css', import.meta.url), 'utf8');
const darkStart = css.indexOf('[data-mantine-color-scheme="dark"]');
const light = tokens(css.slice(0, darkStart));
const dark = { ...light, ...tokens(css.slice(darkStart)) };
const page = readFileSync(new URL('../../docs/design.md', import.meta.url), 'utf8');

test('both schemes are read', () => {
  expect(darkStart).toBeGreaterThan(0);
  expect(light.paper).not.toBe(dark.paper);
});

describe.each([
  ['light', light],
  ['dark', dark],
])('%s colours', (scheme, colours) => {
  test('the two sides differ in lightness alone, so they differ in grey', () => {
    const difference = lightness(colours.reference) - lightness(colours.current);
    expect(Math.abs(difference)).toBeGreaterThan(18);
  });

  test('the two sides differ for eyes that lack a cone, and stand out from the ground', () => {
    const { reference, current, surface } = colours;
    const distances = eyes.map(([, matrix]) => distance(reference, current, matrix));
    for (const far of distances) expect(far).toBeGreaterThan(30);
    expect(contrast(current, surface)).toBeGreaterThan(3);
    const figures = [
      contrast(reference, surface),
      contrast(current, surface),
      Math.abs(lightness(reference) - lightness(current)),
      ...distances,
    ];
    const row = `| ${[scheme, ...figures.map((figure) => figure.toFixed(1))].join(' | ')} |`;
    // docs/design.md tells these figures
    expect(page).toContain(row);
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

type Triple = [number, number, number];
type Matrix = [Triple, Triple, Triple];

/** Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB. */
const eyes: [string, Matrix][] = [
  [
    'usual',
    [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  ],
  [
    'protanopia',
    [
      [0.152286, 1.052583, -0.204868],
      [0.114503, 0.786281, 0.099216],
      [-0.003882, -0.048116, 1.051998],
    ],
  ],
  [
    'deuteranopia',
    [
      [0.367322, 0.860646, -0.227968],
      [0.280085, 0.672501, 0.047413],
      [-0.01182, 0.04294, 0.968881],
    ],
  ],
];

/** CIE76: the distance in L*a*b* (D65) of two colours as such an eye sees them; 2.3 is just noticed. */
function distance(first: string | undefined, second: string | undefined, eye: Matrix): number {
  const seen = [first, second].map((colour) => lab(times(eye, linear(colour))));
  return Math.hypot(...[0, 1, 2].map((i) => (seen[0]?.[i] ?? 0) - (seen[1]?.[i] ?? 0)));
}

function lab(rgb: Triple): Triple {
  const [x, y, z] = times(
    [
      [0.4124564, 0.3575761, 0.1804375],
      [0.2126729, 0.7151522, 0.072175],
      [0.0193339, 0.119192, 0.9503041],
    ],
    rgb.map((value) => Math.min(1, Math.max(0, value))) as Triple,
  );
  const f = (t: number) => (t > (6 / 29) ** 3 ? Math.cbrt(t) : t / (3 * (6 / 29) ** 2) + 4 / 29);
  const [fx, fy, fz] = [f(x / 0.95047), f(y), f(z / 1.08883)];
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)];
}

function times(matrix: Matrix, [a, b, c]: Triple): Triple {
  return matrix.map(([x, y, z]) => x * a + y * b + z * c) as Triple;
}

function linear(colour: string | undefined): Triple {
  if (colour === undefined) throw new Error('no such colour');
  return [1, 3, 5].map((start) => {
    const value = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as Triple;
}

/** WCAG relative luminance. */
function luminance(colour: string | undefined): number {
  const [red, green, blue] = linear(colour);
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
