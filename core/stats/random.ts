import { logGamma } from './special.js';

/** A seeded source of random numbers. Each call moves it on. */
export interface Random {
  /** 0 inclusive to 1 exclusive, 53 bits. */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** 0 to n - 1, each equally likely; n >= 1. */
  integer(n: number): number;
  /** Poisson with the given mean, 0 or more. */
  poisson(mean: number): number;
  /** Successes among n trials that each succeed with probability p. */
  binomial(n: number, p: number): number;
  /** Hits among `draws` taken without replacement from `hits` hits and `misses` misses. */
  hypergeometric(hits: number, misses: number, draws: number): number;
  /** Puts the values into a random order, in place; each order is equally likely. */
  shuffle(values: Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array): void;
}

/**
 * Seeded random numbers: the same seed gives the same numbers on every machine.
 *
 * It serves simulation, not secrecy: whoever has a few numbers can tell the rest.
 *
 * Range: see each function of {@link Random}.
 * Cost: O(1) a number, some 10 ns; counts some 100 ns, `hypergeometric` 500.
 * Source: sfc32 of Doty-Humphrey's PractRand, seeded by Steele, Lea and Flood's (2014) mixer; normal after
 *         Marsaglia and Bray (1964); poisson and binomial after Hörmann (1993); hypergeometric after
 *         Stadlober (1990).
 * Checked: moments and exact probabilities by chi-squared (test/core/stats/random.test.ts)
 *
 * @param seed - any finite number; all its bits count
 * @returns the source, at its beginning
 * @throws {RangeError} if the seed is not finite
 *
 * @example
 * createRandom(1).uniform()
 * // => 0.5486449192438306
 */
export function createRandom(seed: number): Random {
  if (!Number.isFinite(seed))
    throw new RangeError(`createRandom requires a finite seed (got ${seed})`);
  const next = createBits(seed);
  let spare = Number.NaN;

  function uniform(): number {
    return ((next() >>> 5) * 67108864 + (next() >>> 6)) / 9007199254740992;
  }

  function normal(): number {
    if (!Number.isNaN(spare)) {
      const value = spare;
      spare = Number.NaN;
      return value;
    }
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const square = x * x + y * y;
      if (square > 0 && square < 1) {
        const factor = Math.sqrt((-2 * Math.log(square)) / square);
        spare = y * factor;
        return x * factor;
      }
    }
  }

  function integer(n: number): number {
    requireCounts('integer', n >= 1, n);
    return Math.floor(uniform() * n);
  }

  return {
    uniform,
    normal,
    integer,
    poisson(mean) {
      if (!(mean >= 0 && mean < Infinity)) {
        throw new RangeError(`poisson requires a mean of 0 or more (got ${mean})`);
      }
      return mean < 10 ? poissonSmall(uniform, mean) : poissonLarge(uniform, mean);
    },
    binomial(n, p) {
      requireCounts('binomial', p >= 0 && p <= 1, n, p);
      const rare = Math.min(p, 1 - p);
      const count =
        n * rare < 10 ? binomialSmall(uniform, n, rare) : binomialLarge(uniform, n, rare);
      return p <= 0.5 ? count : n - count;
    },
    hypergeometric(hits, misses, draws) {
      requireCounts('hypergeometric', draws <= hits + misses, hits, misses, draws);
      const drawn = Math.min(draws, hits + misses - draws);
      const rare = Math.min(hits, misses);
      let count =
        drawn < 20
          ? hypergeometricSmall(uniform, rare, hits + misses, drawn)
          : hypergeometricLarge(uniform, rare, hits + misses, drawn);
      if (hits > misses) count = drawn - count;
      return drawn < draws ? hits - count : count;
    },
    shuffle(values) {
      for (let i = values.length - 1; i > 0; i--) {
        const j = Math.floor(uniform() * (i + 1));
        const held = values[i] as number;
        values[i] = values[j] as number;
        values[j] = held;
      }
    },
  };
}

/** 32 random bits a call, as a signed integer. */
function createBits(seed: number): () => number {
  const words = new Uint32Array(Float64Array.of(seed).buffer);
  let state = mix(words[0] as number) ^ mix((words[1] as number) + 0x9e3779b9);
  let a = 0;
  let b = 0;
  let c = 0;
  let counter = 1;

  function seedWord(): number {
    state = (state + 0x9e3779b9) | 0;
    return mix(state);
  }

  function next(): number {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum;
  }

  a = seedWord();
  b = seedWord();
  c = seedWord();
  for (let i = 0; i < 12; i++) next();
  return next;
}

function mix(word: number): number {
  let mixed = word | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return mixed ^ (mixed >>> 15);
}

function requireCounts(name: string, holds: boolean, ...given: number[]): void {
  const counts = name === 'binomial' ? given.slice(0, 1) : given;
  if (!holds || counts.some((count) => !Number.isSafeInteger(count) || count < 0)) {
    throw new RangeError(`${name} got arguments out of range (${given.join(', ')})`);
  }
}

function logFactorial(count: number): number {
  return logGamma(count + 1);
}

function poissonSmall(uniform: () => number, mean: number): number {
  const floor = Math.exp(-mean);
  let product = uniform();
  let count = 0;
  while (product > floor) {
    product *= uniform();
    count++;
  }
  return count;
}

/** Hörmann (1993), "The transformed rejection method for generating Poisson random variables": PTRS. */
function poissonLarge(uniform: () => number, mean: number): number {
  const logMean = Math.log(mean);
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const quick = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = uniform() - 0.5;
    const v = uniform();
    const us = 0.5 - Math.abs(u);
    const count = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= quick) return count;
    if (count < 0 || (us < 0.013 && v > us)) continue;
    const bound = Math.log((v * inverseAlpha) / (a / (us * us) + b));
    if (bound <= count * logMean - mean - logFactorial(count)) return count;
  }
}

/** By inversion, for n p below 10. */
function binomialSmall(uniform: () => number, n: number, p: number): number {
  if (p === 0) return 0;
  const odds = p / (1 - p);
  const none = Math.exp(n * Math.log1p(-p));
  let rest = uniform();
  let share = none;
  let count = 0;
  while (rest > share && count < n) {
    rest -= share;
    count++;
    share *= ((n - count + 1) / count) * odds;
  }
  return count;
}

/** Hörmann (1993), "The generation of binomial random variates": BTRS. */
function binomialLarge(uniform: () => number, n: number, p: number): number {
  const spread = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const center = n * p + 0.5;
  const quick = 0.92 - 4.2 / b;
  const alpha = (2.83 + 5.1 / b) * spread;
  const logOdds = Math.log(p / (1 - p));
  const mode = Math.floor((n + 1) * p);
  const atMode = logFactorial(mode) + logFactorial(n - mode);
  for (;;) {
    const u = uniform() - 0.5;
    const v = uniform();
    const us = 0.5 - Math.abs(u);
    const count = Math.floor(((2 * a) / us + b) * u + center);
    if (us >= 0.07 && v <= quick) return count;
    if (count < 0 || count > n) continue;
    const bound = Math.log((v * alpha) / (a / (us * us) + b));
    const there = atMode - logFactorial(count) - logFactorial(n - count);
    if (bound <= there + (count - mode) * logOdds) return count;
  }
}

/** Draw by draw. */
function hypergeometricSmall(
  uniform: () => number,
  rare: number,
  total: number,
  drawn: number,
): number {
  let left = rare;
  for (let i = 0; i < drawn && left > 0; i++) {
    if (uniform() * (total - i) < left) left--;
  }
  return rare - left;
}

/** Stadlober (1990), "The ratio of uniforms approach for generating discrete random variates": HRUA. */
function hypergeometricLarge(
  uniform: () => number,
  rare: number,
  total: number,
  drawn: number,
): number {
  const common = total - rare;
  const share = rare / total;
  const center = drawn * share + 0.5;
  const variance = (((total - drawn) / (total - 1)) * drawn * share * common) / total;
  const spread = Math.sqrt(variance + 0.5);
  const width = 1.7155277699214135 * spread + 0.8989161620588988;
  const mode = Math.floor(((drawn + 1) * (rare + 1)) / (total + 2));
  const end = Math.min(Math.min(drawn, rare) + 1, Math.floor(center + 16 * spread));
  const logShare = (count: number) =>
    -logFactorial(count) -
    logFactorial(rare - count) -
    logFactorial(drawn - count) -
    logFactorial(common - drawn + count);
  const atMode = logShare(mode);
  for (;;) {
    const u = uniform();
    const x = center + (width * (uniform() - 0.5)) / u;
    if (!(x >= 0 && x < end)) continue;
    const count = Math.floor(x);
    const gap = logShare(count) - atMode;
    if (u * (4 - u) - 3 <= gap) return count;
    if (u * (u - gap) < 1 && 2 * Math.log(u) <= gap) return count;
  }
}
