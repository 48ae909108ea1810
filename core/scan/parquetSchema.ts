import { fileFields, type ParquetFooter } from './parquetFooter.js';
import { integerAt, type Struct, structsAt, textAt } from './thrift.js';

/** A column directly below the root. */
export interface ParquetColumn {
  name: string;
  /** By which its column chunks are found; null where it holds columns itself, or lists. */
  leaf: number | null;
  physicalType: number | null;
  isOptional: boolean;
  /** What its values mean: the same for the same type. */
  meaning: string;
}

export interface ParquetSchema {
  columns: ParquetColumn[];
  leafCount: number;
}

const elementFields = { type: 1, repetition: 3, name: 4, childCount: 5 } as const;
/** The physical type, the converted one, scale, precision, and the logical type. */
const meaningFields = [1, 6, 7, 8, 10];
const repetitions = { optional: 1, repeated: 2 } as const;

/** @throws {RangeError} where it is no tree */
export function parquetSchema({ struct }: ParquetFooter): ParquetSchema {
  const elements = structsAt(struct, fileFields.schema);
  const columns: ParquetColumn[] = [];
  let [next, leafCount] = [1, 0];
  while (next < elements.length) {
    const element = elements[next] as Struct;
    const isLeaf = childCount(element) === 0;
    const repetition = integerAt(element, elementFields.repetition) ?? 0;
    columns.push({
      name: textAt(element, elementFields.name) ?? '',
      leaf: isLeaf && repetition !== repetitions.repeated ? leafCount : null,
      physicalType: integerAt(element, elementFields.type),
      isOptional: repetition === repetitions.optional,
      meaning: meaningFields.map((field) => hex(element, field)).join(' '),
    });
    // over all that is below it
    for (let left = 1; left > 0; left--) {
      const below = elements[next++];
      if (!below) throw new RangeError('the schema is cut short');
      left += childCount(below);
      if (childCount(below) === 0) leafCount++;
    }
  }
  const [root] = elements;
  if (!root || childCount(root) !== columns.length)
    throw new RangeError('the schema has another number of columns than it says');
  return { columns, leafCount };
}

function childCount(element: Struct): number {
  const count = integerAt(element, elementFields.childCount) ?? 0;
  if (count < 0) throw new RangeError('no column holds less than none');
  return count;
}

function hex(element: Struct, field: number): string {
  return Buffer.from(element.get(field)?.bytes ?? []).toString('hex');
}
