import type { FileHandle } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { createFileWindow, type FileWindow } from './fileWindow.js';
import type { PageKernel, ValueType } from './pageKernel.js';
import { codecs } from './parquetFooter.js';
import {
  bodySize,
  checkPage,
  encodings,
  isMarkedPlain,
  levelSizes,
  type Page,
  pageEncodings,
  pageKind,
  unfoldedSize,
  valueCount,
} from './parquetPage.js';
import { readStruct } from './thrift.js';

/** A column's values in one row group. */
export interface NumberChunk {
  /** Of its pages in the file; `end` is exclusive. */
  start: number;
  end: number;
  codec: number | null;
  valueCount: number;
  /** Whether there are levels that tell which ones are null. */
  isOptional: boolean;
  type: ValueType;
}

/** Values in the kernel's memory, NaN where they are null; until the next ones are asked for. */
export interface NumberSlice {
  at: number;
  count: number;
}

/** A header is that long with statistics of numbers; other statistics are of any length. */
const headerBytes = [256, 1 << 16];

/** @throws {RangeError} where they are damaged, or laid out in a way that is not known here */
export async function* readNumberPages(
  file: FileHandle,
  kernel: PageKernel,
  chunk: NumberChunk,
): AsyncGenerator<NumberSlice> {
  const { foldedStart, largestPage, sliceLength, run } = kernel;
  const memory = kernel.bytes.subarray(foldedStart, foldedStart + largestPage);
  const window = createFileWindow(file, memory, chunk.end);
  let place = chunk.start;
  let left = chunk.valueCount;
  let hasDictionary = false;
  while (left > 0) {
    const { struct: header, end } = await readHeader(window, place);
    const size = bodySize(header);
    place += end;
    if (size > chunk.end - place) throw new RangeError('a page is cut short');
    const page = { header, body: (await window.at(place, size)).subarray(0, size) };
    place += size;
    checkPage(page);
    const kind = pageKind(header);
    if (kind === null) throw new RangeError('a page is of no kind that holds values');
    if (kind === 'dictionary') {
      if (hasDictionary || left < chunk.valueCount)
        throw new RangeError('a dictionary is out of place');
      setDictionary(kernel, chunk, page);
      hasDictionary = true;
      continue;
    }
    openPage(kernel, chunk, page, kind, hasDictionary);
    let pageLeft = valueCount(header, kind);
    if (pageLeft > left) throw new RangeError('pages have more values than their column chunk');
    left -= pageLeft;
    while (pageLeft > 0) {
      const count = Math.min(pageLeft, sliceLength);
      const at = run.read(count);
      if (at === 0) throw new RangeError('the values of a page are damaged');
      yield { at, count };
      pageLeft -= count;
    }
  }
}

/** In memory of its own, for the window's is used again. */
async function readHeader(window: FileWindow, place: number) {
  for (const length of headerBytes) {
    const head = (await window.at(place, length)).slice(0, length);
    try {
      return readStruct(head);
    } catch (error) {
      if (!(error instanceof RangeError) || head.length < length) throw error;
    }
  }
  throw new RangeError("a page's header is too long");
}

function setDictionary(kernel: PageKernel, { codec, type }: NumberChunk, { header, body }: Page) {
  const { values } = pageEncodings(header, 'dictionary');
  if (values !== encodings.plain && values !== encodings.plainDictionary)
    throw new RangeError('a dictionary is encoded itself');
  const size = unfoldedSize(header);
  const from = unfold(kernel, codec, body, size);
  const length = valueCount(header, 'dictionary');
  if (!kernel.run.setDictionary(from, from + size, type, length))
    throw new RangeError('a dictionary is too long, or cut short');
}

function openPage(
  kernel: PageKernel,
  chunk: NumberChunk,
  { header, body }: Page,
  kind: 'data' | 'data2',
  hasDictionary: boolean,
): void {
  const encoding = pageEncodings(header, kind);
  const isIndexed =
    encoding.values === encodings.dictionary || encoding.values === encodings.plainDictionary;
  const isKnown = isIndexed ? hasDictionary : encoding.values === encodings.plain;
  const areLevelsKnown = !chunk.isOptional || encoding.levels === encodings.runs;
  if (!isKnown || !areLevelsKnown) throw new RangeError('a page is encoded in another way');
  const { levels, levelsEnd, from, end } =
    kind === 'data'
      ? unfoldData(kernel, chunk, { header, body })
      : unfoldData2(kernel, chunk, { header, body });
  if (!kernel.run.open(levels, levelsEnd, from, end, Number(isIndexed), chunk.type))
    throw new RangeError('a page has indices of more than 32 bits');
}

/** Levels, where there are some, are unfolded with the values and begin with their length. */
function unfoldData(
  kernel: PageKernel,
  { codec, isOptional }: NumberChunk,
  { header, body }: Page,
) {
  const size = unfoldedSize(header);
  const start = unfold(kernel, codec, body, size);
  const end = start + size;
  if (!isOptional) return { levels: 0, levelsEnd: 0, from: start, end };
  const levels = start + 4;
  const length = size < 4 ? Infinity : kernel.view.getUint32(start, true);
  if (length > end - levels) throw new RangeError('the levels are longer than their page');
  return { levels, levelsEnd: levels + length, from: levels + length, end };
}

/** Levels stand before the values as they are. */
function unfoldData2(
  kernel: PageKernel,
  { codec, isOptional }: NumberChunk,
  { header, body }: Page,
) {
  const { definitionBytes, repetitionBytes } = levelSizes(header, body.length);
  if (repetitionBytes > 0 || (definitionBytes > 0 && !isOptional))
    throw new RangeError('a column of single values has levels');
  const size = unfoldedSize(header) - definitionBytes;
  const valuesCodec = isMarkedPlain(header) ? codecs.none : codec;
  const from = unfold(kernel, valuesCodec, body.subarray(definitionBytes), size);
  const [levels, levelsEnd] = isOptional
    ? [body.byteOffset, body.byteOffset + definitionBytes]
    : [0, 0];
  return { levels, levelsEnd, from, end: from + size };
}

/** To where in the kernel's memory. */
function unfold(
  { run, bytes, unfoldedStart, largestPage }: PageKernel,
  codec: number | null,
  folded: Uint8Array,
  size: number,
): number {
  if (size < 0 || size > largestPage) throw new RangeError('a page is too large');
  if (codec === codecs.none) {
    if (folded.length !== size) throw new RangeError('a page has another size than it says');
    return folded.byteOffset;
  }
  if (codec === codecs.gzip) {
    const unfolded = gunzipSync(folded, { maxOutputLength: largestPage });
    if (unfolded.length !== size) throw new RangeError('a page has another size than it says');
    bytes.set(unfolded, unfoldedStart);
    return unfoldedStart;
  }
  if (codec !== codecs.snappy) throw new RangeError('a codec is not known here');
  // of a page whose values are all null there may be nothing left
  if (folded.length === 0 && size === 0) return unfoldedStart;
  const start = run.unfold(folded.byteOffset, folded.length, size);
  if (start === 0) throw new RangeError('a page is damaged');
  return start;
}
