/** One of the processes that try files: opens each one, compares it with itself, and tells what came of it. */

import type { Dataset, Engine } from '../../core/contract.js';
import type { Answer, Counts } from './fileOutcome.js';

interface EngineModule {
  createEngine(options: { threads: number }): Engine;
  isDriftError(error: unknown): error is Error & { code: string };
  exitCode(error: unknown): number;
}

const [modulePath = '', memoryBytes = ''] = process.argv.slice(2);
const { createEngine, isDriftError, exitCode } = (await import(modulePath)) as EngineModule;
const engine = createEngine({ threads: 1 });

process.on('message', async (path: string) => {
  process.send?.({ answer: await tryFile(path) });
});
process.once('disconnect', () => engine.close());
process.send?.({ isReady: true });

async function tryFile(path: string): Promise<Answer> {
  try {
    const opened = await engine.open({ source: { path } });
    const report = await engine.compare({
      reference: { path },
      current: { path },
      options: { memoryBytes: Number(memoryBytes) },
    });
    return {
      kind: 'read',
      opened: countsOf(opened),
      compared: countsOf(report.reference),
      driftedCount: report.summary.driftedCount,
    };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (!isDriftError(error)) return { kind: 'refused', code: 'internal', message, isFault: true };
    // too little memory is a clear answer; the other faults are ours
    const isFault = exitCode(error) === 3 && error.code !== 'out-of-memory';
    return { kind: 'refused', code: error.code, message, isFault };
  }
}

function countsOf({ rowCount, rejectedRowCount, dialect }: Dataset): Counts {
  return { rowCount, rejectedRowCount, skippedLineCount: dialect?.skipLineCount ?? 0 };
}
