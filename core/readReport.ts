import { channels, type DriftReport, type Finding, kinds, verdicts } from './contract.js';
import { DriftError, messages } from './errors.js';

const island = /<script type="application\/(json|gzip)" id="driftglass-report">([^<]*)<\/script>/;
/** What both exports begin with; no other file does. */
export const reportStart: RegExp = /^\ufeff?\s*(?:<!doctype html>|\{\s*"schemaVersion"\s*:)/i;

/**
 * The report in the text of a page or of JSON, as `compare` writes them. Looked at as far as two reports are held against
 * each other.
 *
 * @param name - of the file, for the error
 * @throws {DriftError} `not-a-report`
 */
export async function readReport(text: string, name: string): Promise<DriftReport> {
  const report = await parsed(text, name);
  if (!isReport(report)) throw new DriftError('not-a-report', messages.notAReport(name));
  return report;
}

async function parsed(text: string, name: string): Promise<unknown> {
  const [, type, data = text] = island.exec(text) ?? [];
  try {
    return JSON.parse(type === 'gzip' ? await inflated(data) : data.replace(/^\ufeff/, ''));
  } catch (cause) {
    throw new DriftError('not-a-report', messages.notAReport(name), { cause });
  }
}

/** What an island of a large report holds. */
export async function inflated(base64: string): Promise<string> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).text();
}

function isReport(value: unknown): value is DriftReport {
  if (!isRecord(value) || value.schemaVersion !== 1) return false;
  const { tool, createdAt, options, reference, current, columns } = value;
  return (
    isRecord(tool) &&
    [tool.version, createdAt].every(isText) &&
    isRecord(options) &&
    isText(options.title) &&
    isDataset(reference) &&
    isDataset(current) &&
    Array.isArray(columns) &&
    columns.every(isFinding)
  );
}

function isDataset(value: unknown): boolean {
  return isRecord(value) && isText(value.name) && isNumber(value.rowCount);
}

function isFinding(value: unknown): value is Finding {
  if (!isRecord(value) || !isRecord(value.channels)) return false;
  const judged = value.channels;
  return (
    isText(value.name) &&
    isText(value.reason) &&
    isOne(kinds, value.kind) &&
    isOne(verdicts, value.verdict) &&
    isText(value.severity) &&
    (value.channel === null || isOne(channels, value.channel)) &&
    isEffect(value.effect) &&
    channels.every((channel) => isChannel(judged[channel]))
  );
}

function isChannel(value: unknown): boolean {
  return (
    isRecord(value) &&
    isText(value.reason) &&
    isOne(verdicts, value.verdict) &&
    isEffect(value.effect)
  );
}

function isEffect(value: unknown): boolean {
  if (value === null) return true;
  return (
    isRecord(value) &&
    isText(value.measure) &&
    [value.value, value.limit, value.noiseFloor].every(isNumber) &&
    Array.isArray(value.interval) &&
    value.interval.length === 2 &&
    value.interval.every(isNumber)
  );
}

function isOne(words: readonly unknown[], value: unknown): boolean {
  return words.includes(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}
