import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { reportTemplate } from '../../renderer/reportTemplate.js';

const code = 'document.title = "</script><!-- ünïcode";';
const html = reportTemplate(code, 'body { color: red }');

test('has each placeholder once', () => {
  for (const placeholder of [
    '__DRIFTGLASS_REPORT__',
    '__DRIFTGLASS_TYPE__',
    '__DRIFTGLASS_TITLE__',
  ]) {
    expect(html.split(placeholder)).toHaveLength(2);
  }
});

test('the policy admits the program, the loader and the first style by their hashes, and nothing else', () => {
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
  const loader = /<script>([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
  const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '';
  expect(policy.split('; ')).toEqual([
    "default-src 'none'",
    `script-src ${hash(loader)} ${hash(code)}`,
    `style-src ${hash(style)}`,
    'img-src data: blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ]);
});

test('the program is inside, whole, and inert until it is inflated', () => {
  const packed = /id="driftglass-code">([^<]*)</.exec(html)?.[1] ?? '';
  expect(gunzipSync(Buffer.from(packed, 'base64')).toString('utf8')).toBe(code);
  expect(html).not.toContain('ünïcode');
});

test('asks for nothing from anywhere', () => {
  expect(html).not.toMatch(/(src|href)="(?!data:)/);
  expect(html).not.toMatch(/https?:/);
});

function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
