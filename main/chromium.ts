import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

/** A browser without a window that is spoken to through a pipe. */
export interface Browser {
  /** A command of the DevTools protocol. @throws {Error} what the browser answers instead, or that it has ended */
  send(method: string, params: object, sessionId?: string): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

interface Answer {
  id?: number;
  result?: Record<string, unknown>;
  error?: { message: string };
}

interface Waiting {
  resolve(result: Record<string, unknown>): void;
  reject(error: Error): void;
}

const hasGroups = process.platform !== 'win32';

/** No port is opened and no name is looked up; all it keeps is in its profile. */
export function startBrowser(executable: string, profile: string, signal: AbortSignal): Browser {
  const child = spawn(executable, switches(profile), {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, HOME: profile },
    // a group of its own, so that no helper process outlives it and writes into the profile again
    detached: hasGroups,
  });
  const kill = () => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    try {
      process.kill(hasGroups ? -child.pid : child.pid, 'SIGKILL');
    } catch {
      // it ended by itself just now
    }
  };
  const [, , errors, input, output] = child.stdio as unknown as [
    null,
    null,
    Readable,
    Writable,
    Readable,
  ];
  const waiting = new Map<number, Waiting>();
  let [lastId, heard, said] = [0, '', ''];
  let failure: Error | null = null;
  const fail = (error: Error) => {
    failure ??= error;
    for (const { reject } of waiting.values()) reject(failure);
    waiting.clear();
  };
  const abort = () => {
    fail(signal.reason);
    kill();
  };
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort);
  const hasEnded = new Promise<void>((resolve) => {
    child.once('exit', () => {
      signal.removeEventListener('abort', abort);
      fail(new Error(said.trim().split('\n').at(-1) || 'it ended'));
      resolve();
    });
    child.once('error', (error) => {
      fail(error);
      if (child.pid === undefined) resolve();
    });
  });
  errors.on('data', (part) => {
    said = `${said}${part}`.slice(-2_000);
  });
  // a pipe breaks because the browser has ended, and that tells more
  input.on('error', kill);
  output.setEncoding('utf8').on('data', (part: string) => {
    const messages = (heard + part).split('\0');
    heard = messages.pop() ?? '';
    for (const message of messages) take(JSON.parse(message) as Answer, waiting);
  });
  return {
    send: (method, params, sessionId) =>
      new Promise((resolve, reject) => {
        if (failure) return reject(failure);
        const id = ++lastId;
        waiting.set(id, { resolve, reject });
        input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
      }),
    close: async () => {
      kill();
      await hasEnded;
    },
  };
}

function take({ id, result, error }: Answer, waiting: Map<number, Waiting>): void {
  const asked = id === undefined ? undefined : waiting.get(id);
  if (asked === undefined || id === undefined) return;
  waiting.delete(id);
  if (error) asked.reject(new Error(error.message));
  else asked.resolve(result ?? {});
}

function switches(profile: string): string[] {
  return [
    '--headless=new',
    '--remote-debugging-pipe',
    `--user-data-dir=${profile}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-extensions',
    '--disable-breakpad',
    '--disable-gpu',
    '--host-resolver-rules=MAP * ~NOTFOUND',
    '--proxy-server=127.0.0.1:9',
    // its sandbox does not work for root, as in a container
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
}
