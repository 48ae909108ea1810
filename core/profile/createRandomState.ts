const LENGTH = 624;
const SHIFT = 397;

/** NumPy's legacy generator, as far as permutations go. */
export interface RandomState {
  /** 0 to n - 1 in random order, as `numpy.random.permutation(n)`. */
  permutation(n: number): Uint32Array;
}

/**
 * NumPy's `RandomState(seed)`: the Mersenne Twister with NumPy's way of shuffling, number for number.
 *
 * Source: Matsumoto and Nishimura (1998), "Mersenne Twister", ACM Transactions on Modeling and Computer
 *         Simulation 8(1); NumPy's legacy stream, which is frozen.
 *
 * @param seed - a whole number, 0 to 2^32 - 1
 */
export function createRandomState(seed: number): RandomState {
  const state = new Uint32Array(LENGTH);
  let index = LENGTH;
  state[0] = seed;
  for (let i = 1; i < LENGTH; i++) {
    const previous = state[i - 1] as number;
    state[i] = Math.imul(1812433253, previous ^ (previous >>> 30)) + i;
  }

  function next(): number {
    if (index === LENGTH) {
      twist(state);
      index = 0;
    }
    let word = state[index++] as number;
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    return word ^ (word >>> 18);
  }

  /** 0 to max, by rejecting what is above it. */
  function upTo(max: number): number {
    const mask = 0xffffffff >>> Math.clz32(max);
    for (;;) {
      const value = (next() & mask) >>> 0;
      if (value <= max) return value;
    }
  }

  return {
    permutation(n) {
      const order = Uint32Array.from({ length: n }, (_, i) => i);
      for (let i = n - 1; i > 0; i--) {
        const j = upTo(i);
        const held = order[i] as number;
        order[i] = order[j] as number;
        order[j] = held;
      }
      return order;
    },
  };
}

function twist(state: Uint32Array): void {
  for (let i = 0; i < LENGTH; i++) {
    const following = state[(i + 1) % LENGTH] as number;
    const bits = ((state[i] as number) & 0x80000000) | (following & 0x7fffffff);
    const other = state[(i + SHIFT) % LENGTH] as number;
    state[i] = other ^ (bits >>> 1) ^ (bits & 1 ? 0x9908b0df : 0);
  }
}
