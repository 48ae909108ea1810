import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build, type Rolldown } from 'vite';
import { reportTemplate } from './reportTemplate.js';

const root = fileURLToPath(new URL('.', import.meta.url));
const dist = fileURLToPath(new URL('../dist/', import.meta.url));

/** Builds the interface twice: `dist/renderer/` for the server, `dist/report.html` to put data into. */
export async function buildRenderer(): Promise<void> {
  await build({ configFile: `${root}vite.config.ts`, logLevel: 'warn' });
  const { code, style } = await bundleReport();
  await mkdir(dist, { recursive: true });
  await writeFile(`${dist}report.html`, reportTemplate(code, style));
}

async function bundleReport(): Promise<{ code: string; style: string }> {
  const built = await build({
    configFile: false,
    root,
    logLevel: 'warn',
    plugins: [react()],
    build: {
      write: false,
      target: 'chrome120',
      modulePreload: false,
      cssCodeSplit: false,
      assetsInlineLimit: Number.POSITIVE_INFINITY,
      chunkSizeWarningLimit: 3000,
      rolldownOptions: {
        input: `${root}report.tsx`,
        output: { format: 'iife', codeSplitting: false },
      },
    },
  });
  const files = (built as Rolldown.RolldownOutput).output;
  const code = files.filter((file) => file.type === 'chunk').map((file) => file.code);
  const style = files
    .filter((file) => file.type === 'asset' && file.fileName.endsWith('.css'))
    .map((file) => (file.type === 'asset' ? String(file.source) : ''));
  if (code.length !== 1) throw new Error(`the report must be one script (got ${code.length})`);
  return { code: code.join(''), style: style.join('\n') };
}
