import { formatNumber } from '../format.js';
import type { LinkedCube } from '../linkedCube.js';
import { type SelectedDifference as Difference, selectedDifference } from '../linkedCube.js';
import type { Selection } from '../route.js';

const width = 200;

/** How far the sides of a column differ, of all rows and of the selected ones. */
export function SelectedDifference({
  linked,
  selection,
  name,
}: {
  linked: LinkedCube;
  selection: Selection;
  name: string;
}) {
  if (selection.column === name) return <span className="effect-none">selects these rows</span>;
  const difference = selectedDifference(linked, selection, name);
  if (difference === null) return <span className="effect-none">not counted</span>;
  const { whole, selected, chance } = difference;
  const isChance = selected !== null && selected <= chance;
  return (
    <span className="effect" data-testid="difference" data-chance={isChance}>
      <svg
        className="effect-bar"
        viewBox={`0 0 ${width} 20`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <rect className="effect-noise" x="0" y="0" width={chance * width} height="20" />
        <rect className="difference-whole" x="0" y="3" width={whole * width} height="5" />
        <rect
          className="difference-selected"
          x="0"
          y="11"
          width={(selected ?? 0) * width}
          height="6"
        />
      </svg>
      <span className="effect-words">
        <span>
          {formatNumber(whole, 2)} → <b>{selected === null ? 'none' : formatNumber(selected, 2)}</b>
        </span>
        <span>{differenceWords(difference)}</span>
      </span>
    </span>
  );
}

function differenceWords({ whole, selected, chance }: Difference): string {
  if (selected === null) return 'no rows on one side';
  if (selected <= chance) return 'no more than chance';
  if (selected < 0.75 * whole) return 'smaller';
  return selected > 1.25 * whole ? 'larger' : '';
}
