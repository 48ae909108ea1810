import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

// What DuckDB hands over is freed when the engine collects the object in front of it. Those objects are small, so the
// engine sees no reason to, and every new chunk would lie in memory that no processor has seen.

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as NodeJS.GCFunction;

const held: object[] = [];

/**
 * Keeps objects for ever, small ones of all kinds that reading makes: the engine forgets the shapes of objects that nobody
 * holds, and with them the code that it has compiled for them.
 */
export function keepShapes(...objects: object[]): void {
  held.push(...objects);
}

/** Frees chunks that were read a moment ago: reading takes half as long. */
export function letGoOfChunks(): void {
  collect({ type: 'minor' });
}

/** Of results: together they are worth the hundredth of a second that it takes to free them. */
const mostHeldBytes = 64_000_000;
let heldBytes = 0;

/** Frees results that nobody holds any more, when there are enough of them. */
export function letGoOfResult(byteCount: number): void {
  heldBytes += byteCount;
  if (heldBytes < mostHeldBytes) return;
  heldBytes = 0;
  collect();
}
