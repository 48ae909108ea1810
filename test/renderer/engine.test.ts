import { afterEach, expect, test, vi } from 'vitest';
import type { CompareEvent, Progress } from '../../core/contract.js';
import { messages } from '../../core/errors.js';
import { compare, isCancelled, preview, readInfo, toSentence } from '../../renderer/engine.js';
import { examplePreview, exampleReport } from './exampleReport.js';

const pair = { reference: { path: 'a.csv' }, current: { path: 'b.csv' } };
const never = new AbortController().signal;

afterEach(() => vi.unstubAllGlobals());

test('progress arrives line by line, however the bytes are cut, then the report', async () => {
  const scan: Progress = { stage: 'scan', side: 'reference', share: 0.5 };
  const report = exampleReport(3);
  const events: CompareEvent[] = [
    { type: 'progress', progress: scan },
    { type: 'progress', progress: { ...scan, share: null } },
    { type: 'report', reportId: 'r1', report },
  ];
  answer(events.map((event) => `${JSON.stringify(event)}\n`).join(''), 7);
  const seen: Progress[] = [];
  const answered = await compare(pair, (progress) => seen.push(progress), never);
  expect(seen).toEqual([scan, { ...scan, share: null }]);
  expect(answered).toEqual({ reportId: 'r1', report });
});

test('an error in the stream is thrown with its sentence', async () => {
  const message = messages.fileEmpty('a.csv');
  answer(JSON.stringify({ type: 'error', error: { code: 'file-empty', message } }), 1000);
  await expect(compare(pair, () => {}, never)).rejects.toThrow(message);
});

test('a stream that just ends is an error too', async () => {
  answer('', 10);
  await expect(compare(pair, () => {}, never)).rejects.toThrow(/without a report/);
});

test('a preview is asked for by its source, and refused with a sentence', async () => {
  answer(JSON.stringify(examplePreview), 1000);
  expect(await preview({ path: 'a.csv' }, never)).toEqual(examplePreview);
  answer(JSON.stringify({ code: 'file-missing', message: 'Gone.' }), 1000, 404);
  await expect(preview({ path: 'a.csv' }, never)).rejects.toThrow('Gone.');
});

test('a refusal gives its own sentence, or its status where it has none', async () => {
  answer(JSON.stringify({ code: 'bad-option', message: 'Bad.' }), 1000, 400);
  await expect(readInfo()).rejects.toThrow('Bad.');
  answer('<html>', 1000, 502);
  await expect(readInfo()).rejects.toThrow(/status 502/);
});

test('what a person reads', () => {
  expect(toSentence(new TypeError('Failed to fetch'))).toMatch(/does not answer/);
  expect(toSentence(new Error('Plain.'))).toBe('Plain.');
  expect(isCancelled(new DOMException('', 'AbortError'))).toBe(true);
  expect(isCancelled(new Error('no'))).toBe(false);
});

function answer(text: string, chunkSize: number, status = 200): void {
  const bytes = new TextEncoder().encode(text);
  const body = new ReadableStream({
    start(controller) {
      for (let i = 0; i < bytes.length; i += chunkSize) {
        controller.enqueue(bytes.slice(i, i + chunkSize));
      }
      controller.close();
    },
  });
  vi.stubGlobal('fetch', async () => new Response(body, { status }));
}
