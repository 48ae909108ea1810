import type { DataFiles } from './dataFiles.js';
import { literalList } from './sql.js';

/** A table function with the columns json (null where a line is none) and file_index. */
export function jsonSource(files: DataFiles): string {
  const options = [
    literalList(files.paths),
    `format = '${files.jsonLayout}'`,
    // a line that is no JSON is a null; without lines there is no telling where the next row starts
    `ignore_errors = ${files.jsonLayout !== 'unstructured'}`,
    `compression = '${files.compression ?? 'uncompressed'}'`,
  ];
  return `(SELECT json, file_index FROM read_json_objects(${options.join(', ')}))`;
}
