import { useMemo } from 'react';
import type { Finding } from '../../core/contract.js';
import { type LinkedBin, linkedBins, linkedSpec } from '../charts/linkedSpec.js';
import { formatNumber, formatShare } from '../format.js';
import {
  binWords,
  cubeColumn,
  type LinkedCube,
  selectedCounts,
  selectedDifference,
  wholeCounts,
} from '../linkedCube.js';
import type { Selection } from '../route.js';
import { useLinked } from '../useLinked.js';
import { Figure } from './Figure.js';
import { drawnBins } from './LinkedSparkline.js';

/** What the selected rows hold in this column, in front of all rows; nothing where no other column selects any. */
export function LinkedFigure({ finding }: { finding: Finding }) {
  const chosen = useLinked();
  const bins = useMemo(
    () =>
      chosen === null || chosen.selection.column === finding.name
        ? null
        : binsOf(chosen.linked, chosen.selection, finding.name),
    [chosen, finding.name],
  );
  const spec = useMemo(() => (bins === null ? null : linkedSpec(bins)), [bins]);
  if (chosen === null || bins === null || spec === null) return null;
  const { linked, selection } = chosen;
  const difference = selectedDifference(linked, selection, finding.name);
  return (
    <Figure
      finding={finding}
      title="Within the selection"
      spec={spec}
      table={() => ({
        heads: ['Bin', 'Reference', 'Current', 'All: reference', 'All: current'],
        rows: bins.map((bin) => [
          bin.bin,
          bin.referenceText,
          bin.currentText,
          formatShare(bin.wholeReference),
          formatShare(bin.wholeCurrent),
        ]),
      })}
    >
      {difference !== null && differenceSentence(difference)} Bars are the selected rows, with all
      rows faint behind them.
    </Figure>
  );
}

function binsOf(linked: LinkedCube, selection: Selection, name: string): LinkedBin[] | null {
  const column = cubeColumn(linked, name);
  const counts = selectedCounts(linked, selection, name);
  if (column === null || counts === null) return null;
  const whole = wholeCounts(column);
  const numbers = column.referenceCounts.map((_, bin) => bin);
  const shown = drawnBins({ reference: numbers, current: numbers }, whole).reference;
  const names = shown.map((bin) => binWords(linked, name, bin));
  return linkedBins(unique(names), drawnBins(counts, whole), drawnBins(whole, whole));
}

/** A level may be called as another bin is. */
function unique(names: string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}

function differenceSentence({
  whole,
  selected,
  chance,
}: NonNullable<ReturnType<typeof selectedDifference>>): string {
  if (selected === null) return 'One side has no row in the selection.';
  const [all, part] = [formatNumber(whole, 2), formatNumber(selected, 2)];
  const verdict =
    selected <= chance
      ? 'within it the sides differ no more than by chance'
      : selected < 0.75 * whole
        ? 'within it the sides differ less'
        : selected > 1.25 * whole
          ? 'within it the sides differ more'
          : 'within it the sides differ about as much';
  return `Total variation distance by these bins: ${all} of all rows, ${part} in the selection; ${verdict}.`;
}
