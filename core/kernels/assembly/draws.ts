/**
 * Plays a comparison of two CDFs again with the noise of samples: the loops of `core/stats/simulateDistances.ts`, which
 * says what is done and why. Draws come in pairs of opposite noise, one in each lane of a vector, so that every sum keeps
 * its order. Its memory is laid out below; `core/stats/drawKernel.ts` reads and writes it there.
 */

export const DRAW_COUNT: i32 = 500;
export const MOST_POINTS: i32 = 127;
/** Of a list with a number a point, and one more; of one with a vector a point; of one with a number a draw. */
const POINTS_SIZE: usize = <usize>(MOST_POINTS + 1) * 8;
const VECTORS_SIZE: usize = 2 * POINTS_SIZE;
const DRAWS_SIZE: usize = <usize>DRAW_COUNT * 8;

// What goes in, by point.
export const NODES: usize = 0x2000;
export const REFERENCE: usize = NODES + POINTS_SIZE;
export const CURRENT: usize = REFERENCE + POINTS_SIZE;
export const POOLED: usize = CURRENT + POINTS_SIZE;
export const DIFFERENCE: usize = POOLED + POINTS_SIZE;
export const ONE_WAY: usize = DIFFERENCE + POINTS_SIZE;
/** Those of a draw side by side: one more than points. */
export const NORMALS: usize = ONE_WAY + POINTS_SIZE;

/** What comes out of the whole, of the middle and of what goes one way: f64 × 500 for each of these. */
export const PARTS: usize = NORMALS + <usize>DRAW_COUNT * POINTS_SIZE;
export const PART_SIZE: usize = 4 * DRAWS_SIZE;
/** Distance that the noise alone makes, */
export const ALONE: usize = 0;
/** the curve with the noise, */
export const TOGETHER: usize = DRAWS_SIZE;
/** and the largest multiple of the curve that has the target with the noise, or 0 where none has; */
export const INVERTED: usize = 2 * DRAWS_SIZE;
/** the same, and 0 where the noise alone has the target. */
export const SHRUNKEN: usize = 3 * DRAWS_SIZE;
const WHOLE: usize = PARTS;
const MIDDLE: usize = WHOLE + PART_SIZE;
const HIDDEN: usize = MIDDLE + PART_SIZE;

/** Weights without noise, in both lanes. */
export const PLAIN_WEIGHTS: usize = HIDDEN + PART_SIZE;
// Of the present pair of draws.
const WEIGHTS: usize = PLAIN_WEIGHTS + VECTORS_SIZE;
const NOISE: usize = WEIGHTS + VECTORS_SIZE;
const CHANCE: usize = NOISE + VECTORS_SIZE;
/** The disturbed reference, with 0 before its first point and 1 after its last. */
const DISTURBED: usize = CHANCE + VECTORS_SIZE + 16;
// Of the walks: the reference's and the pooled one in two lanes, the current's and the pooled one.
const REFERENCE_CDFS: usize = DISTURBED + VECTORS_SIZE + 16;
const CURRENT_CDFS: usize = REFERENCE_CDFS + VECTORS_SIZE;
const REFERENCE_STEPS: usize = CURRENT_CDFS + VECTORS_SIZE;
const CURRENT_STEPS: usize = REFERENCE_STEPS + VECTORS_SIZE;
const REFERENCE_LEVELS: usize = CURRENT_STEPS + VECTORS_SIZE;
const CURRENT_LEVELS: usize = REFERENCE_LEVELS + VECTORS_SIZE;
const END: usize = CURRENT_LEVELS + VECTORS_SIZE;

memory.grow(<i32>(END >> 16) + 1 - memory.size());

/** Of the comparison. */
let points: usize = 0;
let lower: f64 = 0;
let upper: f64 = 0;
let scale: f64 = 0;
let isQuantileScale: bool = false;
let mostDistance: v128 = f64x2.splat(0);

// Quantiles of a CDF: 0.5, 5, 95 and 99.5 %; of the reference as it stands, and disturbed in one lane or the other.
let still0: f64 = 0;
let still1: f64 = 0;
let still2: f64 = 0;
let still3: f64 = 0;
let moved0: f64 = 0;
let moved1: f64 = 0;
let moved2: f64 = 0;
let moved3: f64 = 0;

/** Sets what stays the same from draw to draw, and the plain weights. */
export function prepare(
  pointCount: i32,
  lowerEnd: f64,
  upperEnd: f64,
  unit: f64,
  stretches: bool,
): void {
  points = <usize>pointCount;
  lower = lowerEnd;
  upper = upperEnd;
  scale = unit;
  isQuantileScale = stretches;
  prepareWalks(REFERENCE, REFERENCE_CDFS, REFERENCE_STEPS);
  prepareWalks(CURRENT, CURRENT_CDFS, CURRENT_STEPS);
  for (let i: usize = 0; i < points; i++) {
    v128.store(DISTURBED + (i << 4), v128.load_splat<f64>(REFERENCE + (i << 3)));
  }
  v128.store(DISTURBED - 16, f64x2.splat(0));
  v128.store(DISTURBED + (points << 4), f64x2.splat(1));
  readQuantiles(0);
  still0 = moved0;
  still1 = moved1;
  still2 = moved2;
  still3 = moved3;
  const to = f64x2.splat(max(lower, upper));
  setWidths(PLAIN_WEIGHTS, f64x2.splat(lower), to, f64x2.splat(scale));
}

/** Standard deviations of the steps of Brownian motion up to each point, and to the end. */
function prepareWalks(cdf: usize, cdfs: usize, steps: usize): void {
  let before = f64x2.splat(0);
  for (let i: usize = 0; i <= points; i++) {
    const own = load<f64>(cdf + (i << 3));
    const pooled = load<f64>(POOLED + (i << 3));
    const to = i < points ? f64x2.replace_lane(f64x2.splat(own), 1, pooled) : f64x2.splat(1);
    v128.store(cdfs + (i << 4), to);
    const step = f64x2.sqrt(f64x2.max(f64x2.splat(0), f64x2.sub(to, before)));
    v128.store(steps + (i << 4), step);
    before = to;
  }
}

/**
 * All draws.
 *
 * @param referenceNoise - standard deviation of a step of 1, for the reference's sample; likewise for the current's
 * @param observed - distance of the two CDFs, and the target for it
 * @param oneWay - distance of what goes one way
 * @param hiding - the target for that
 * @param middleStart - of the points of the middle, which ends before `middleEnd`; none where these are equal
 * @param middleObserved - distance of the CDFs there, and the target
 * @param farthest - above which no distance can be
 */
export function play(
  referenceNoise: f64,
  currentNoise: f64,
  observed: f64,
  oneWay: f64,
  hiding: f64,
  middleStart: i32,
  middleEnd: i32,
  middleObserved: f64,
  farthest: f64,
): void {
  const start = <usize>middleStart;
  const end = <usize>middleEnd;
  mostDistance = f64x2.splat(farthest);
  for (let draw: usize = 0; draw < <usize>DRAW_COUNT; draw += 2) {
    setNoise(draw, referenceNoise, currentNoise);
    setWeights();
    const at = draw << 3;
    fitCurve(WHOLE + at, DIFFERENCE, NOISE, WEIGHTS, 0, points, observed, observed);
    fitCurve(HIDDEN + at, ONE_WAY, CHANCE, WEIGHTS, 0, points, oneWay, hiding);
    if (start === end) continue;
    fitCurve(
      MIDDLE + at,
      DIFFERENCE,
      NOISE,
      PLAIN_WEIGHTS,
      start,
      end,
      middleObserved,
      middleObserved,
    );
  }
}

/** Brownian bridges over the CDFs: what they make of the reference, and of the difference of both sides. */
function setNoise(draw: usize, referenceNoise: f64, currentNoise: f64): void {
  const referenceNormals = NORMALS + ((draw * (points + 1)) << 3);
  const currentNormals = referenceNormals + ((points + 1) << 3);
  const referenceFactor = f64x2.splat(referenceNoise);
  const currentFactor = f64x2.splat(currentNoise);
  let reference = f64x2.splat(0);
  let current = f64x2.splat(0);
  for (let i: usize = 0; i <= points; i++) {
    const one = f64x2.mul(referenceFactor, v128.load_splat<f64>(referenceNormals + (i << 3)));
    const other = f64x2.mul(currentFactor, v128.load_splat<f64>(currentNormals + (i << 3)));
    reference = f64x2.add(reference, f64x2.mul(v128.load(REFERENCE_STEPS + (i << 4)), one));
    current = f64x2.add(current, f64x2.mul(v128.load(CURRENT_STEPS + (i << 4)), other));
    v128.store(REFERENCE_LEVELS + (i << 4), reference);
    v128.store(CURRENT_LEVELS + (i << 4), current);
  }
  const opposite = f64x2.replace_lane(f64x2.splat(0), 1, -0.0);
  for (let i: usize = 0; i < points; i++) {
    const cdfs = v128.load(REFERENCE_CDFS + (i << 4));
    const one = f64x2.sub(v128.load(REFERENCE_LEVELS + (i << 4)), f64x2.mul(cdfs, reference));
    const other = f64x2.sub(
      v128.load(CURRENT_LEVELS + (i << 4)),
      f64x2.mul(v128.load(CURRENT_CDFS + (i << 4)), current),
    );
    const both = f64x2.sub(one, other);
    const disturbance = v128.xor(v128.shuffle<f64>(one, one, 0, 0), opposite);
    const disturbed = f64x2.add(v128.shuffle<f64>(cdfs, cdfs, 0, 0), disturbance);
    v128.store(DISTURBED + (i << 4), disturbed);
    v128.store(NOISE + (i << 4), v128.xor(v128.shuffle<f64>(both, both, 0, 0), opposite));
    v128.store(CHANCE + (i << 4), v128.xor(v128.shuffle<f64>(both, both, 1, 1), opposite));
  }
}

/** Widths of the cells inside the clip range, in units of the scale, as the disturbed reference has these. */
function setWeights(): void {
  readQuantiles(0);
  const from = movedStart();
  const to = movedEnd();
  const unit = movedUnit();
  readQuantiles(8);
  setWidths(
    WEIGHTS,
    f64x2.replace_lane(f64x2.splat(from), 1, movedStart()),
    f64x2.replace_lane(f64x2.splat(to), 1, movedEnd()),
    f64x2.replace_lane(f64x2.splat(unit), 1, movedUnit()),
  );
}

function movedStart(): f64 {
  return lower + moved0 - still0;
}

function movedEnd(): f64 {
  return max(movedStart(), upper + moved3 - still3);
}

function movedUnit(): f64 {
  const stretch = isQuantileScale ? (moved2 - moved1) / (still2 - still1) : 1;
  return scale * max(stretch, 0.1);
}

function setWidths(weights: usize, from: v128, to: v128, unit: v128): void {
  let node = v128.load_splat<f64>(NODES);
  for (let i: usize = 0; i < points; i++) {
    const left = f64x2.pmax(from, node);
    node = v128.load_splat<f64>(NODES + (i << 3), 8);
    const right = f64x2.pmin(to, node);
    const width = f64x2.div(f64x2.sub(right, left), unit);
    v128.store(weights + (i << 4), v128.and(width, f64x2.gt(right, left)));
  }
}

/** Of the disturbed reference, read at each node as the mean of the cells beside it, as mid-ranks have it. */
function readQuantiles(lane: usize): void {
  place = 0;
  level = (load<f64>(DISTURBED - 16 + lane) + load<f64>(DISTURBED + lane)) / 2;
  before = 0;
  moved0 = nextQuantile(lane, 0.005);
  moved1 = nextQuantile(lane, 0.05);
  moved2 = nextQuantile(lane, 0.95);
  moved3 = nextQuantile(lane, 0.995);
}

let place: usize = 0;
let level: f64 = 0;
let before: f64 = 0;

function nextQuantile(lane: usize, share: f64): f64 {
  let k = place;
  let here = level;
  let last = before;
  while (here < share && k < points) {
    last = here;
    k++;
    const at = DISTURBED + lane + (k << 4);
    here = (load<f64>(at - 16) + load<f64>(at)) / 2;
  }
  place = k;
  level = here;
  before = last;
  const node = load<f64>(NODES + (k << 3));
  const from = load<f64>(NODES + ((k > 0 ? k - 1 : 0) << 3));
  const part = here > last ? min<f64>(1, max<f64>(0, (share - last) / (here - last))) : 1;
  return from + (node - from) * part;
}

/**
 * A curve's distances with and without the noise of the present draws, to `part` and what follows it. The distance is
 * convex in the multiple of the curve, and for large multiples a straight line, `level` + multiple × `slope`: from where
 * that line has the target, Newton's steps come down to the largest multiple.
 */
function fitCurve(
  part: usize,
  curve: usize,
  noise: usize,
  weights: usize,
  start: usize,
  end: usize,
  distance: f64,
  target: f64,
): void {
  const zero = f64x2.splat(0);
  const signBit = f64x2.splat(-0.0);
  let alone = zero;
  let together = zero;
  let level = zero;
  let slope = zero;
  for (let i = start; i < end; i++) {
    const height = v128.load_splat<f64>(curve + (i << 3));
    const disturbance = v128.load(noise + (i << 4));
    const weight = v128.load(weights + (i << 4));
    const signed = f64x2.mul(weight, disturbance);
    const area = f64x2.abs(signed);
    alone = f64x2.add(alone, area);
    together = f64x2.add(together, f64x2.mul(weight, f64x2.abs(f64x2.add(height, disturbance))));
    slope = f64x2.add(slope, f64x2.mul(weight, f64x2.abs(height)));
    const along = v128.xor(signed, v128.and(height, signBit));
    level = f64x2.add(level, v128.bitselect(area, along, f64x2.eq(height, zero)));
  }
  v128.store(part, alone, ALONE);
  v128.store(part, together, TOGETHER);

  const targets = f64x2.splat(target);
  const nearly = f64x2.splat(1 - 1e-6);
  let multiple = f64x2.div(f64x2.sub(targets, level), slope);
  let goesOn = v128.and(f64x2.gt(multiple, zero), f64x2.lt(multiple, f64x2.splat(Infinity)));
  multiple = v128.and(multiple, goesOn);
  for (let step = 0; step < 100 && v128.any_true(goesOn); step++) {
    let area = zero;
    slope = zero;
    for (let i = start; i < end; i++) {
      const height = v128.load_splat<f64>(curve + (i << 3));
      const weight = v128.load(weights + (i << 4));
      const gap = f64x2.add(f64x2.mul(multiple, height), v128.load(noise + (i << 4)));
      area = f64x2.add(area, f64x2.mul(weight, f64x2.abs(gap)));
      const turned = v128.andnot(signBit, f64x2.gt(gap, zero));
      slope = f64x2.add(slope, v128.xor(f64x2.mul(weight, height), turned));
    }
    // 0 where there is no multiple; a lane that has come to its end keeps what it has
    const rises = f64x2.gt(slope, zero);
    multiple = v128.and(multiple, v128.or(rises, v128.not(goesOn)));
    const next = f64x2.sub(multiple, f64x2.div(f64x2.sub(area, targets), slope));
    goesOn = v128.and(goesOn, v128.and(rises, f64x2.lt(next, f64x2.mul(multiple, nearly))));
    multiple = v128.bitselect(f64x2.max(zero, next), multiple, goesOn);
    goesOn = v128.and(goesOn, f64x2.gt(multiple, zero));
  }
  const inverted = f64x2.min(mostDistance, f64x2.mul(f64x2.splat(distance), multiple));
  v128.store(part, inverted, INVERTED);
  v128.store(part, v128.and(inverted, f64x2.lt(alone, targets)), SHRUNKEN);
}
