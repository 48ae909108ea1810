import { useMemo } from 'react';
import type { CategoryChart, Charts, Finding } from '../../core/contract.js';
import { levelParts } from '../charts/brushParts.js';
import { levelsTable, profileTable } from '../charts/chartTables.js';
import { levelDifferenceSpec } from '../charts/levelDifferenceSpec.js';
import { levelSlopeSpec } from '../charts/levelSlopeSpec.js';
import { levelSpec } from '../charts/levelSpec.js';
import { hourLabels, profileSpec, weekdayLabels } from '../charts/profileSpec.js';
import { formatCounted } from '../format.js';
import { chooseChart, useStore } from '../store.js';
import { useBrushable } from '../useBrushable.js';
import { BrushNote } from './BrushNote.js';
import { ChartChoice } from './ChartChoice.js';
import { DistributionFigure } from './DistributionFigure.js';
import { type Brush, Figure } from './Figure.js';
import { LevelsTable } from './LevelsTable.js';
import { LinkedFigure } from './LinkedFigure.js';
import { OrderFigure } from './OrderFigure.js';

/** The charts that a column's kind has. */
export function ColumnCharts({ finding }: { finding: Finding }) {
  const { histogram, ecdf, categories, hours, weekdays } = finding.charts;
  return (
    <div className="charts">
      <LinkedFigure finding={finding} />
      {histogram && <DistributionFigure finding={finding} histogram={histogram} />}
      {ecdf && <OrderFigure finding={finding} ecdf={ecdf} />}
      {categories && <LevelFigure finding={finding} categories={categories} />}
      {hours && (
        <DayFigure
          finding={finding}
          title="By hour of day (UTC)"
          counts={hours}
          labels={hourLabels}
        />
      )}
      {weekdays && (
        <DayFigure finding={finding} title="By weekday" counts={weekdays} labels={weekdayLabels} />
      )}
      <LevelsTable finding={finding} />
    </div>
  );
}

const levelForms = [
  { value: 'bars', label: 'Bars' },
  { value: 'slope', label: 'Slopes' },
  { value: 'difference', label: 'Difference' },
] as const;

const levelSpecs = { bars: levelSpec, slope: levelSlopeSpec, difference: levelDifferenceSpec };

function LevelFigure({ finding, categories }: { finding: Finding; categories: CategoryChart }) {
  const form = useStore((state) => state.chartChoices.levels);
  const spec = useMemo(() => levelSpecs[form](categories), [form, categories]);
  const brushable = useBrushable(finding);
  const brush: Brush | null =
    brushable === null || form !== 'bars'
      ? null
      : {
          linked: brushable.linked,
          parts: (place) => levelParts(brushable.column, categories, place),
        };
  return (
    <Figure
      finding={finding}
      title="Shares by level"
      spec={spec}
      table={() => levelsTable(categories)}
      brush={brush}
      choices={
        <ChartChoice
          label="How levels are drawn"
          choices={levelForms}
          value={form}
          onChange={(levels) => chooseChart({ levels })}
        />
      }
    >
      {turnover(categories)}
      <BrushNote finding={finding} isBrushable={form === 'bars'} />
    </Figure>
  );
}

/** How many levels are on one side only. */
function turnover({ newCount, vanishedCount }: CategoryChart): string {
  const parts = [
    ...(newCount > 0 ? [`${formatCounted(newCount, 'level')} only in the current`] : []),
    ...(vanishedCount > 0
      ? [`${formatCounted(vanishedCount, 'level')} only in the reference`]
      : []),
  ];
  return parts.length === 0 ? '' : `${parts.join(', ')}.`;
}

function DayFigure({
  finding,
  title,
  counts,
  labels,
}: {
  finding: Finding;
  title: string;
  counts: NonNullable<Charts['hours']>;
  labels: string[];
}) {
  const spec = useMemo(() => profileSpec(counts, labels), [counts, labels]);
  return (
    <Figure
      finding={finding}
      title={title}
      spec={spec}
      table={() => profileTable(counts, labels)}
    />
  );
}
