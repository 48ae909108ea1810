import { type Application, application, type Side } from './application.js';
import { hours, weekdays } from './levels.js';
import { createRandom, pick, type Random } from './random.js';

const dayMs = 86_400_000;

/** Whole weeks from a Monday, so that both sides have the same weekdays. Ids go on where the reference ends. */
const plans = {
  reference: {
    seed: 20_250_106,
    rowCount: 20_000,
    firstDay: '2025-01-06',
    weekCount: 52,
    firstId: 100_001,
  },
  current: {
    seed: 20_260_109,
    rowCount: 5_000,
    firstDay: '2026-01-05',
    weekCount: 13,
    firstId: 120_001,
  },
} as const;

/** The rows of one side, oldest first. */
export function lending(side: Side): Application[] {
  const { seed, rowCount, firstDay, weekCount, firstId } = plans[side];
  const random = createRandom(seed);
  const times = Array.from({ length: rowCount }, () =>
    time(random, Date.parse(firstDay), weekCount),
  );
  return times.sort().map((text, index) => application(random, side, `L${firstId + index}`, text));
}

function time(random: Random, firstMs: number, weekCount: number): string {
  const week = Math.floor(random.uniform() * weekCount);
  const day = week * 7 + Number(pick(random, weekdays));
  const second = Number(pick(random, hours)) * 3600 + Math.floor(random.uniform() * 3600);
  return new Date(firstMs + day * dayMs + second * 1000)
    .toISOString()
    .slice(0, 19)
    .replace('T', ' ');
}
