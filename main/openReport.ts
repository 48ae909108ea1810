import { open, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import {
  builtFile,
  DriftError,
  type DriftReport,
  messages,
  readReport,
  reportStart,
  type Source,
  unreadable,
} from '../core/index.js';

/** A report of 1 000 columns has 12 MB as indented JSON. */
const mostBytes = 200_000_000;
const startBytes = 4_096;

let schema: Promise<z.ZodType> | null = null;

/**
 * A report that was exported before, as HTML or JSON, fit to be shown.
 *
 * @throws {DriftError} `not-a-report`, `file-missing`, `file-unreadable` or `file-damaged`
 */
export async function openReport({ path, name = basename(path) }: Source): Promise<DriftReport> {
  const report = await readReport(await readText(path, name), name);
  schema ??= readSchema();
  const { error } = (await schema).safeParse(report);
  const issue = error?.issues[0];
  if (issue) throw broken(name, `${issue.path.join('.') || 'the whole'}: ${issue.message}`);
  if (Number.isNaN(Date.parse(report.createdAt))) throw broken(name, 'createdAt: no time');
  return report;
}

async function readText(path: string, name: string): Promise<string> {
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      const { buffer, bytesRead } = await file.read(Buffer.alloc(startBytes), 0, startBytes, 0);
      if (!reportStart.test(buffer.toString('utf8', 0, bytesRead)) || size > mostBytes)
        throw new DriftError('not-a-report', messages.notAReport(name));
      return await readFile(path, 'utf8');
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (cause instanceof DriftError) throw cause;
    throw unreadable(path, cause);
  }
}

async function readSchema(): Promise<z.ZodType> {
  return z.fromJSONSchema(JSON.parse(await readFile(builtFile('report.schema.json'), 'utf8')));
}

function broken(name: string, why: string): DriftError {
  return new DriftError('file-damaged', messages.reportBroken(name, why));
}
