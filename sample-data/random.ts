/** Seeded and the same on every machine: integer arithmetic, `Math.sqrt` and `Math.log` only. */
export interface Random {
  /** At least 0, below 1. */
  uniform(): number;
  /** Mean 0, standard deviation 1. */
  normal(): number;
}

/** A name with its weight; weights need not add up to 1. */
export type Level = readonly [name: string, weight: number];

/** The small fast counting generator sfc32 of PractRand. */
export function createRandom(seed: number): Random {
  let a = seed | 0;
  let b = 0x9e3779b9 | 0;
  let c = 0x243f6a88 | 0;
  let counter = 1;
  for (let round = 0; round < 16; round++) next();

  function next(): number {
    const word = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + word) | 0;
    return word >>> 0;
  }

  function uniform(): number {
    return next() / 0x1_0000_0000;
  }

  /** Marsaglia's polar method; the second value of each pair is left, so that a draw has no memory. */
  function normal(): number {
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const square = x * x + y * y;
      if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square);
    }
  }

  return { uniform, normal };
}

export function pick(random: Random, levels: readonly Level[]): string {
  let left = random.uniform() * levels.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [name, weight] of levels) {
    left -= weight;
    if (left < 0) return name;
  }
  return levels.at(-1)?.[0] ?? '';
}
