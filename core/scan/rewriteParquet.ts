import type { FileHandle } from 'node:fs/promises';
import {
  chunkFields,
  chunkRange,
  codecs,
  columnFields,
  columnsOf,
  fileFields,
  groupFields,
  type ParquetFooter,
  readParquetFooter,
} from './parquetFooter.js';
import {
  bodySize,
  markedCompressed,
  type Page,
  pageKind,
  unpackedPage,
  valueCount,
} from './parquetPage.js';
import { createReadAhead } from './readAhead.js';
import {
  integerAt,
  readStruct,
  type Struct,
  setInteger,
  setStruct,
  setStructs,
  structAt,
  structsAt,
  textAt,
  writeStruct,
} from './thrift.js';

const magic = Buffer.from('PAR1');
/** A header has statistics in it, of values of any length. */
const usualHeaderBytes = 1 << 16;
const largestHeaderBytes = 1 << 24;

/**
 * Whether there is something in a file that DuckDB cannot read and {@link rewriteParquet} writes otherwise: pages of the
 * first LZ4 codec, or pages of version 2 by parquet-cpp before version 2, which say that they are not compressed and are.
 */
export async function needsRewriting(file: FileHandle): Promise<boolean> {
  const footer = await readParquetFooter(file);
  const isMarkedWrong = isAlwaysCompressed(footer);
  let isKnown = false;
  for (const column of columnsOf(footer)) {
    const codec = integerAt(column, columnFields.codec);
    if (codec === codecs.lz4) return true;
    // a file has pages of one version
    if (!isMarkedWrong || isKnown || codec === codecs.none) continue;
    for await (const { header } of readPages(file, chunkRange(column, footer))) {
      if (pageKind(header) === 'data2') return true;
      isKnown ||= pageKind(header) === 'data';
      if (isKnown) break;
    }
  }
  return false;
}

/**
 * The same Parquet file as DuckDB can read it, piece by piece; no more than a page is held. Indexes of pages and Bloom
 * filters are left out. Source: github.com/apache/parquet-format, parquet.thrift and Compression.md
 *
 * @throws {RangeError} where the file is damaged
 */
export async function* rewriteParquet(file: FileHandle): AsyncGenerator<Uint8Array> {
  const footer = await readParquetFooter(file);
  yield magic;
  let place = magic.length;
  let readBytes = 0;
  const groups = structsAt(footer.struct, fileFields.rowGroups);
  for (const group of groups) {
    const groupStart = place;
    const chunks = structsAt(group, groupFields.columns);
    for (const chunk of chunks) {
      const column = structAt(chunk, chunkFields.metadata);
      const range = chunkRange(column, footer);
      readBytes += range.end - range.start;
      // else a few bytes could be unfolded any number of times
      if (readBytes > footer.start) throw new RangeError('column chunks lie over one another');
      for await (const piece of rewriteChunk(file, footer, column, place)) {
        place += piece.length;
        yield piece;
      }
      for (const index of chunkFields.indexes) chunk.delete(index);
      setInteger(chunk, chunkFields.start, 0);
      setStruct(chunk, chunkFields.metadata, column);
    }
    setStructs(group, groupFields.columns, chunks);
    if (group.has(groupFields.start)) setInteger(group, groupFields.start, groupStart);
    if (group.has(groupFields.size)) setInteger(group, groupFields.size, place - groupStart);
  }
  setStructs(footer.struct, fileFields.rowGroups, groups);
  const bytes = writeStruct(footer.struct);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  yield Buffer.concat([bytes, length, magic]);
}

/** The pages of a column chunk; its metadata is changed to what is written. */
async function* rewriteChunk(
  file: FileHandle,
  footer: ParquetFooter,
  column: Struct,
  start: number,
): AsyncGenerator<Uint8Array> {
  const codec = integerAt(column, columnFields.codec);
  const count = integerAt(column, columnFields.valueCount) ?? -1;
  let [place, seenCount] = [start, 0];
  let dataStart: number | null = null;
  let dictionaryStart: number | null = null;
  for await (const page of readPages(file, chunkRange(column, footer))) {
    const kind = pageKind(page.header);
    if (kind === null) continue;
    if (kind === 'dictionary') {
      if ((dictionaryStart ?? dataStart) !== null)
        throw new RangeError('a dictionary is out of place');
      dictionaryStart = place;
    } else {
      dataStart ??= place;
      seenCount += valueCount(page.header, kind);
    }
    const { header, body } = rewritePage(page, codec, isAlwaysCompressed(footer));
    const bytes = writeStruct(header);
    place += bytes.length + body.length;
    yield bytes;
    yield body;
    if (seenCount >= count) break;
  }
  if (seenCount !== count) throw new RangeError(`${count} values were promised, ${seenCount} came`);
  if (codec === codecs.lz4) setInteger(column, columnFields.codec, codecs.none);
  setInteger(column, columnFields.size, place - start);
  setInteger(column, columnFields.dataStart, dataStart ?? start);
  column.delete(columnFields.dictionaryStart);
  if (dictionaryStart !== null) setInteger(column, columnFields.dictionaryStart, dictionaryStart);
  column.delete(columnFields.indexStart);
  for (const filter of columnFields.bloomFilters) column.delete(filter);
}

function rewritePage(page: Page, codec: number | null, isAlways: boolean): Page {
  if (codec === codecs.lz4) return unpackedPage(page, isAlways);
  return isAlways && codec !== codecs.none ? markedCompressed(page) : page;
}

/** All before version 2, the last being 1.5; what followed is called parquet-cpp-arrow. Arrow's readers do the same (ARROW-17100). */
function isAlwaysCompressed({ struct }: ParquetFooter): boolean {
  return /^parquet-cpp version 1\./.test(textAt(struct, fileFields.createdBy) ?? '');
}

async function* readPages(
  file: FileHandle,
  { start, end }: { start: number; end: number },
): AsyncGenerator<Page> {
  const bytes = createReadAhead(file, start, end);
  while (bytes.left() > 0) {
    const { struct: header, end: headerBytes } = await readHeader(bytes);
    const size = bodySize(header);
    if (headerBytes + size > bytes.left()) throw new RangeError('a page is cut short');
    const page = await bytes.peek(headerBytes + size);
    bytes.skip(headerBytes + size);
    yield { header, body: page.subarray(headerBytes) };
  }
}

async function readHeader(bytes: ReturnType<typeof createReadAhead>) {
  for (let length = usualHeaderBytes; ; length *= 16) {
    const head = await bytes.peek(length);
    try {
      return readStruct(head);
    } catch (error) {
      if (head.length < length || length >= largestHeaderBytes) throw error;
    }
  }
}
