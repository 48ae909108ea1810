import { basename, resolve } from 'node:path';
import { DriftError, messages } from '../errors.js';
import { type FileContent, fileContent } from './fileContent.js';
import { commonLayout } from './jsonLayout.js';
import { type ListedFile, listFiles } from './listFiles.js';
import { type Partition, toPartitions } from './partitions.js';

/** The files behind one path, all of one format. Content decides, not the extension. */
export interface DataFiles extends FileContent {
  /** As it is shown. */
  name: string;
  paths: string[];
  /** Columns that stand in the folders' names. */
  partitions: Partition[];
}

/**
 * What stands at a path: a file, a folder of data files, or a pattern that data files fit.
 *
 * @param shownName - instead of the path's own
 * @throws {DriftError} one sentence: missing, unreadable, empty, damaged, or no data at all
 */
export async function findDataFiles(path: string, shownName?: string): Promise<DataFiles> {
  const name = shownName ?? basename(resolve(path));
  const listed = await listFiles(path);
  if (listed === null) {
    const content = await fileContent(resolve(path), name);
    return { ...content, name, paths: [resolve(path)], partitions: [] };
  }
  const files: (ListedFile & FileContent)[] = [];
  let isAnyEmpty = false;
  for (const file of listed) {
    const content = await fileContent(file.path, basename(file.path)).catch((error) => {
      // what runs in parts leaves empty ones
      if (!(error instanceof DriftError) || error.code !== 'file-empty') throw error;
      isAnyEmpty = true;
    });
    if (content) files.push({ ...file, ...content });
  }
  const [first] = files;
  if (!first && isAnyEmpty) throw new DriftError('file-empty', messages.fileEmpty(name));
  if (!first) throw new DriftError('folder-without-data', messages.folderWithoutData(name));
  const layout = commonLayout(files.map(({ jsonLayout }) => jsonLayout));
  const other = files.find(({ format }) => format !== first.format);
  if (other || (layout === null && first.format === 'json')) {
    const [one, two] = [basename(first.path), basename((other ?? files.at(-1) ?? first).path)];
    throw new DriftError('folder-without-data', messages.folderMixed(name, one, two));
  }
  if (files.some(({ compression }) => compression !== first.compression))
    throw new DriftError('folder-without-data', messages.folderMixedCompression(name));
  return {
    name,
    format: first.format,
    compression: first.compression,
    jsonLayout: layout,
    paths: files.map((file) => file.path),
    sizeBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    partitions: toPartitions(files, name),
  };
}
