import { folderImports, namedPartsCode, partsCall, partsCode } from './partsCode.js';
import { pythonString } from './python.js';
import type { Reader } from './reader.js';
import { isPattern, type SideFile } from './sideFile.js';

/** A folder of Parquet files is a table for pyarrow, too. */
export function parquetReader({ path, isFolder }: SideFile, suffix: string): Reader {
  if (isFolder && isPattern(path))
    return inParts('read_parquet', parquetPart, 'import pyarrow.parquet as parquet', suffix);
  return {
    imports: ['import pyarrow.parquet as parquet'],
    blocks: [parquetWhole],
    call: (file, column) => `read_parquet(${pythonString(file)}, ${pythonString(column)})`,
  };
}

const parquetWhole = `def read_parquet(path, column):
    return parquet.read_table(path, columns=[column]).column(0).to_pylist()`;

/** Arrow IPC, also known as Feather. */
export function arrowReader({ isFolder }: SideFile, suffix: string): Reader {
  if (isFolder) return inParts('read_arrow', arrowPart, 'import pyarrow.ipc', suffix);
  return {
    imports: ['import pyarrow.ipc'],
    blocks: [arrowWhole],
    call: (file, column) => `read_arrow(${pythonString(file)}, ${pythonString(column)})`,
  };
}

const openArrow = `    with open(path, "rb") as file:
        is_stream = file.read(6) != b"ARROW1"
        file.seek(0)
        open_arrow = pyarrow.ipc.open_stream if is_stream else pyarrow.ipc.open_file
        table = open_arrow(file).read_all()`;

const arrowWhole = `def read_arrow(path, column):
${openArrow}
    return table.column(column).to_pylist()`;

const orNone =
  'table.column(column).to_pylist() if column in table.column_names else [None] * table.num_rows';

const arrowPart = (name: string) => `def ${name}(path, column):
${openArrow}
    return ${orNone}`;

const parquetPart = (name: string) => `def ${name}(path, column):
    table = parquet.ParquetFile(path).read()
    return ${orNone}`;

function inParts(
  read: string,
  code: (name: string) => string,
  library: string,
  suffix: string,
): Reader {
  const name = `${read}${suffix}`;
  return {
    imports: [library, ...folderImports],
    blocks: [code(name), partsCode, namedPartsCode(name, suffix)],
    call: (path, column) => partsCall(`read_parts${suffix}`, path, pythonString(column)),
  };
}
