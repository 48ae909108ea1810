import { utilityProcess } from 'electron';
import type { FromWorker, WorkerPort } from '../../core/index.js';

/** A worker in a process of its own: a crash of the data engine cannot take the window down. */
export function createUtilityPort(workerFile: string): WorkerPort {
  const child = utilityProcess.fork(workerFile, [], { serviceName: 'Driftglass engine' });
  return {
    post: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', (message: FromWorker) => listener(message)),
    onEnd: (listener) =>
      void child.on('exit', (code) =>
        listener({ outOfMemory: false, cause: new Error(`exit code ${code}`) }),
      ),
  };
}
