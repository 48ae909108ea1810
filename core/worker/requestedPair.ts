import type { CompareRequest, Progress, ResolvedOptions } from '../contract.js';
import { createMemories, type Memories, type Memory } from './createMemories.js';
import { type LaterPair, openLater } from './openLater.js';
import { pairKey } from './pairKey.js';

interface Context {
  memories: Memories;
  signal: AbortSignal;
  onProgress?: (progress: Progress) => void;
}

/** The pair that a request names, not opened yet, and what is known of it. */
export async function requestedPair(
  request: CompareRequest,
  options: ResolvedOptions,
  { memories, signal, onProgress }: Context,
): Promise<{ pair: LaterPair; memory: Memory }> {
  const { reference, current, options: asked } = request;
  const { sample, seed, splitBy } = options;
  const key = await pairKey(request, options);
  const memory = (key === null ? createMemories() : memories).of(key ?? '');
  const pair = openLater(
    { reference, current },
    {
      ...{ signal, sample, seed, splitBy },
      onScan: (side, share) => onProgress?.({ stage: 'scan', side, share }),
      ...(asked?.memoryBytes !== undefined && { memoryBytes: asked.memoryBytes }),
    },
  );
  return { pair, memory };
}
