import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** The built command's server at its address, until it is stopped; `words` are given to `serve`. */
export async function startServer(
  ...words: string[]
): Promise<{ url: string; stop(): Promise<void> }> {
  const server = spawn(process.execPath, [`${root}dist/cli.js`, 'serve', '--no-open', ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => server.once('exit', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    server.stdout.on('data', (part) => {
      const found = /http:\S+/.exec(String(part));
      if (found) resolve(found[0]);
    });
    ended.then((code) => reject(new Error(`the server ended with ${code}`)));
  });
  return {
    url,
    stop: async () => {
      server.kill('SIGINT');
      await ended;
    },
  };
}
