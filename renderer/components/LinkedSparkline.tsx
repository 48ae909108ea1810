import { slotPaths } from '../charts/slotPaths.js';
import {
  type BinCounts,
  binWords,
  cubeColumn,
  type LinkedCube,
  selectedCounts,
  shares,
  wholeCounts,
} from '../linkedCube.js';
import type { Selection } from '../route.js';

const width = 200;
const height = 36;

/** The selected rows of both sides by bin, in front of all rows. */
export function LinkedSparkline({
  linked,
  selection,
  name,
}: {
  linked: LinkedCube;
  selection: Selection;
  name: string;
}) {
  const column = cubeColumn(linked, name);
  const counts = selectedCounts(linked, selection, name);
  if (column === null || counts === null) return null;
  const whole = drawnBins(wholeCounts(column), wholeCounts(column));
  const selected = drawnBins(counts, wholeCounts(column));
  const heights = [whole, selected].flatMap(({ reference, current }) => [
    ...shares(reference),
    ...shares(current),
  ]);
  const top = Math.max(...heights);
  const behind = slotPaths(whole, top, width, height);
  const front = slotPaths(selected, top, width, height);
  const binCount = column.referenceCounts.length;
  const hasMissing = whole.reference.length === binCount;
  const isCut = column.binEdges !== undefined;
  return (
    <span className="spark" data-testid="linked-spark">
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        <path className="spark-whole-reference" d={behind.reference} />
        <path className="spark-reference" d={front.reference} />
        <path className="spark-whole-current" d={behind.current} />
        <path className="spark-current" d={front.current} />
      </svg>
      <span className="spark-axis">
        <bdi className="spark-level">{binWords(linked, name, 0)}</bdi>
        <bdi className="spark-level">
          {hasMissing ? 'missing' : binWords(linked, name, binCount - (isCut ? 2 : 3))}
        </bdi>
      </span>
    </span>
  );
}

/** Bins that hold a row on some side: of the last two of levels, others and missing, often none does. */
export function drawnBins(counts: BinCounts, whole: BinCounts): BinCounts {
  const last = whole.reference.length - 1;
  const isDrawn = (_: number, bin: number) =>
    bin < last - 1 || (whole.reference[bin] ?? 0) + (whole.current[bin] ?? 0) > 0;
  return { reference: counts.reference.filter(isDrawn), current: counts.current.filter(isDrawn) };
}
