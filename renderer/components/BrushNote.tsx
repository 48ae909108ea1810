import type { Finding } from '../../core/contract.js';
import {
  cubeColumn,
  type LinkedCube,
  linkedCube,
  partWords,
  selectedCounts,
  total,
  whyNotCounted,
  whyNotLinked,
} from '../linkedCube.js';
import { select, useStore } from '../store.js';
import { useLinked } from '../useLinked.js';

/** How to select rows by this chart, or why that cannot be. */
export function BrushNote({ finding, isBrushable }: { finding: Finding; isBrushable: boolean }) {
  const report = useStore((state) => state.report);
  if (report === null) return null;
  const linked = linkedCube(report);
  if (linked === null) return <Note>{whyNotLinked(report)}</Note>;
  const why = whyNotCounted(linked, finding);
  if (why !== null) return <Note>{why}</Note>;
  if (!isBrushable) return <Note>Only bars can be clicked to select rows.</Note>;
  const how = finding.charts.categories ? 'Click a bar' : 'Drag over the bars';
  return (
    <Note>
      {how} to select its rows: all other columns then show these rows alone.
      <MissingButton linked={linked} name={finding.name} />
    </Note>
  );
}

function Note({ children }: { children: React.ReactNode }) {
  return <span className="brush-note">{children}</span>;
}

/** Rows without a value are in no bar. */
function MissingButton({ linked, name }: { linked: LinkedCube; name: string }) {
  const chosen = useLinked();
  const bin = (cubeColumn(linked, name)?.referenceCounts.length ?? 0) - 1;
  const selection = { column: name, from: bin, to: bin + 1 };
  const counts = selectedCounts(linked, selection, name);
  if (counts === null || total(counts.reference) + total(counts.current) === 0) return null;
  const isChosen = chosen?.selection.column === name && chosen.selection.from === bin;
  return (
    <button
      type="button"
      className="brush-missing"
      aria-pressed={isChosen}
      onClick={() => select(isChosen ? null : selection)}
    >
      Missing: {partWords(counts, linked)}
    </button>
  );
}
