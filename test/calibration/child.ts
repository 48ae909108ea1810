/** One of the processes that simulate: answers each task with its tally. */

import { runTask, type Task } from './tasks.js';

process.on('message', ({ index, task, seed }: { index: number; task: Task; seed: number }) => {
  process.send?.({ index, tally: runTask(task, seed) });
});
