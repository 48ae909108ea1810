import { z } from 'zod';
import {
  badOption,
  type CompareOptions,
  type ExportChoice,
  kinds,
  mostSampleRows,
  type OpenRequest,
  type RowsRequest,
  reportSections,
  type Source,
} from '../core/index.js';

/** What may come over HTTP, or in a recipe. Tied to contract.ts: a difference does not compile. */

const text = z.string().max(10_000);

/** A character may have two units; a tab may be written as it is or as `\\t`. */
const character = z.string().max(2);

const source = z.strictObject({
  path: text.min(1),
  name: text.optional(),
  reading: z
    .strictObject({
      delimiter: character.min(1),
      quote: character,
      escape: character,
      comment: z.string().max(10),
      skipLineCount: z.int().min(0),
      header: z.boolean(),
      names: z.array(text),
      nullValues: z.array(text),
      encoding: z.enum(['utf-8', 'utf-16', 'latin-1']),
      decimal: z.enum(['.', ',']),
      thousands: character,
      dateFormat: text,
      strict: z.boolean(),
    })
    .partial()
    .optional(),
  where: text.optional(),
});

const kind = z.enum(kinds);

const options = z
  .strictObject({
    title: text,
    columns: z.array(text),
    exclude: z.array(text),
    kinds: z.record(text, kind),
    alpha: z.number(),
    correction: z.enum(['bh', 'holm', 'none']),
    limit: z.number(),
    limits: z.record(text, z.number()),
    kindLimits: z.partialRecord(kind, z.number()),
    missingLimit: z.number(),
    supportLimit: z.number(),
    bins: z.number(),
    binEdges: z.record(text, z.array(z.number())),
    missingValues: z.record(text, z.array(text)),
    measures: z.union([z.literal('all'), z.array(text)]),
    baseline: z.boolean(),
    timestamp: text,
    profile: z.literal('evidently'),
    seed: z.number(),
    sample: z.number(),
    sampleRows: z.number(),
    cube: z.boolean(),
    renames: z.record(text, text),
    splitBy: z.strictObject({ column: text, at: text.optional() }),
    memoryBytes: z.number().positive(),
  })
  .partial();

const compareRequest = z.strictObject({
  reference: source,
  current: source,
  options: options.optional(),
});
const openRequest = z.strictObject({ source });
const rowsRequest = z.strictObject({
  source,
  rowStart: z.int().min(0),
  rowEnd: z.int().min(0),
});
const rowCount = z.int().min(1).max(mostSampleRows);
const sampleRowsRequest = z.strictObject({ reportId: z.string(), rowCount });
const markdown = z.string().max(100_000);
const exportRequest = z.strictObject({
  reportId: z.string(),
  choice: z
    .strictObject({
      title: text,
      sections: z.array(z.enum(reportSections)),
      maskBelow: z.int().min(2).max(1_000_000),
      sampleRows: rowCount,
      authorNotes: z.strictObject({
        report: markdown.nullable(),
        columns: z.record(z.string(), markdown),
      }),
    })
    .partial()
    .optional(),
  command: text.optional(),
});

/** A path alone says the same as a source with nothing but a path. */
const recipeSource = z.preprocess(
  (value) => (typeof value === 'string' ? { path: value } : value),
  source,
);

/** Empty where all lines below a key are commented out. */
function emptiable<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => value ?? undefined, schema.optional());
}

/** A comparison as a file. */
export const recipeSchema = z.strictObject({
  reference: recipeSource.optional(),
  current: recipeSource.optional(),
  options: emptiable(options),
  outputs: emptiable(
    z
      .strictObject({
        html: text.min(1),
        json: text.min(1),
        csv: text.min(1),
        markdown: text.min(1),
        pdf: text.min(1),
      })
      .partial(),
  ),
  failOn: z.enum(['never', 'drift']).optional(),
});

export const parseCompareRequest = (body: unknown) =>
  parsed(compareRequest, body) as { reference: Source; current: Source; options?: CompareOptions };
export const parseOpenRequest = (body: unknown) => parsed(openRequest, body) as OpenRequest;
export const parseRowsRequest = (body: unknown) => parsed(rowsRequest, body) as RowsRequest;
export const parseSampleRowsRequest = (body: unknown) => parsed(sampleRowsRequest, body);
export const parseExportRequest = (body: unknown) =>
  parsed(exportRequest, body) as { reportId: string; choice?: ExportChoice; command?: string };

function parsed<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = issue?.path.join('.') || 'the request';
  throw badOption(`${where}: ${issue?.message ?? 'not understood'}`);
}
