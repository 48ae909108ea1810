import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { add, type Tally, type Task } from './tasks.js';

const child = fileURLToPath(new URL('child.ts', import.meta.url));

/** All tasks on all processors; their tallies added up in the order of the tasks, whoever was first. */
export async function runTasks(
  tasks: readonly Task[],
  seed: number,
  onProgress: (doneCount: number, taskCount: number) => void,
): Promise<Tally> {
  if (tasks.length === 0) return {};
  const tallies = new Array<Tally>(tasks.length);
  let next = 0;
  let doneCount = 0;
  const work = (process: ChildProcess) =>
    new Promise<void>((resolve, reject) => {
      const give = () => {
        if (next === tasks.length) {
          process.disconnect();
          resolve();
          return;
        }
        const index = next++;
        process.send({ index, task: tasks[index], seed });
      };
      process.on('message', ({ index, tally }: { index: number; tally: Tally }) => {
        tallies[index] = tally;
        onProgress(++doneCount, tasks.length);
        give();
      });
      process.on('error', reject);
      process.on('exit', (code) => {
        if (code !== 0) reject(new Error(`a simulating process ended with ${code}`));
      });
      give();
    });
  const processes = Array.from({ length: availableParallelism() }, () => fork(child));
  try {
    await Promise.all(processes.map(work));
  } finally {
    for (const process of processes) if (process.connected) process.kill();
  }
  const total: Tally = {};
  for (const tally of tallies) {
    for (const [cell, counts] of Object.entries(tally)) add(total, cell, counts);
  }
  return total;
}
