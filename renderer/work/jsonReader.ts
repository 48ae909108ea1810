import { folderImports, namedPartsCode, partsCall, partsCode } from './partsCode.js';
import { pythonString } from './python.js';
import { hasReason, openerOf, type Reader } from './reader.js';
import type { SideFile } from './sideFile.js';

/** Reads JSON objects, in lines, in a list or one after the other. Numbers stay as they are written. */
export function jsonReader({ dataset, path, isFolder }: SideFile, suffix: string): Reader {
  const compression = /\.gz$/i.test(path) ? 'gzip' : /\.zst$/i.test(path) ? 'zstd' : null;
  const opener = openerOf(compression);
  const name = `read_json${suffix}`;
  const words = `${compression === null ? '' : '"rt", '}encoding="utf-8-sig"`;
  const hasRejects = dataset.rejectedRowCount > 0;
  return {
    imports: ['import json', 'import re', ...opener.imports, ...(isFolder ? folderImports : [])],
    blocks: [
      `def ${name}(path, name):
    with ${opener.call}(path, ${words}) as file:
        text = file.read()
    decoder = json.JSONDecoder(
        parse_float=str, parse_int=str, parse_constant=str,
        object_pairs_hook=lambda pairs: dict(reversed(pairs)),  # of a key given twice the first
    )
${hasReason(dataset, 'not valid JSON') ? fromLines : fromText}
    return [row.get(name) for row in rows${hasRejects ? ' if isinstance(row, dict)' : ''}]`,
      ...(isFolder ? [partsCode, namedPartsCode(name, suffix)] : []),
    ],
    call: (file, column) =>
      partsCall(isFolder ? `read_parts${suffix}` : name, file, pythonString(column)),
  };
}

const fromText = `    after_blanks = re.compile(r"\\s*").match
    rows, at = [], after_blanks(text).end()
    while at < len(text):
        row, at = decoder.raw_decode(text, at)
        rows += row if isinstance(row, list) else [row]
        at = after_blanks(text, at).end()`;

const fromLines = `    rows = []
    for line in text.split("\\n"):
        try:
            rows.append(decoder.decode(line))
        except ValueError:
            pass  # not read for the report either`;
