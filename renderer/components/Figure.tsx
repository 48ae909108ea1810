import { type ReactNode, useCallback, useState } from 'react';
import type { View } from 'vega';
import type { TopLevelSpec } from 'vega-lite';
import type { Finding } from '../../core/contract.js';
import type { BrushPart } from '../charts/brushParts.js';
import { type ChartPlace, chartPlace } from '../charts/chartPlace.js';
import { formatName, formatSentence } from '../format.js';
import type { LinkedCube } from '../linkedCube.js';
import { BrushLayer } from './BrushLayer.js';
import { ChartMenu } from './ChartMenu.js';
import { VegaChart } from './VegaChart.js';

/** What a chart shows, for those who read it rather than see it; made when it is asked for. */
export interface ChartTable {
  heads: string[];
  rows: string[][];
}

/** What makes a chart one to select rows by. */
export interface Brush {
  linked: LinkedCube;
  parts: (place: ChartPlace) => BrushPart[];
}

/** A chart of both sides with its title, what can be chosen of it, a note and its table. */
export function Figure({
  title,
  spec,
  finding,
  choices,
  brush = null,
  table,
  children,
}: {
  title: string;
  finding: Finding;
  spec: TopLevelSpec;
  choices?: ReactNode;
  brush?: Brush | null;
  table: () => ChartTable;
  children?: ReactNode;
}) {
  const label = `${title} of ${formatName(finding.name)}, reference and current on one axis. ${formatSentence(finding.reason)}`;
  const [place, setPlace] = useState<ChartPlace | null>(null);
  const onDraw = useCallback(
    (view: View | null) => setPlace(view === null ? null : chartPlace(view)),
    [],
  );
  const chart = <VegaChart spec={spec} label={label} {...(brush && { onDraw })} />;
  return (
    <figure className="figure">
      <figcaption className="figure-head">
        <h2>{title}</h2>
        <span className="legend">
          <span className="swatch-reference" aria-hidden="true" /> reference
          <span className="swatch-current" aria-hidden="true" /> current
          <ChartMenu spec={spec} column={finding.name} title={title} />
        </span>
      </figcaption>
      {choices && <div className="figure-choices">{choices}</div>}
      {brush === null ? (
        chart
      ) : (
        <BrushLayer
          linked={brush.linked}
          name={finding.name}
          place={place}
          parts={place === null ? [] : brush.parts(place)}
        >
          {chart}
        </BrushLayer>
      )}
      <p className="figure-note">{children}</p>
      <Behind table={table} title={title} />
    </figure>
  );
}

function Behind({ table, title }: { table: () => ChartTable; title: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      className="figure-table"
      onToggle={(event) => setOpen((event.currentTarget as HTMLDetailsElement).open)}
    >
      <summary>
        As a table<span className="unseen">: {title}</span>
      </summary>
      {isOpen && <Rows {...table()} />}
    </details>
  );
}

function Rows({ heads, rows }: ChartTable) {
  return (
    <table className="plain">
      <thead>
        <tr>
          {heads.map((head, i) => (
            <th key={head} scope="col" className={i === 0 ? undefined : 'number'}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([first = '', ...rest], position) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity, and never move
          <tr key={position}>
            <th scope="row">
              <bdi>{first}</bdi>
            </th>
            {rest.map((text, i) => (
              <td key={heads[i + 1]} className="number">
                {text}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
