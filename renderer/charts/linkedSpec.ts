import type { TopLevelSpec } from 'vega-lite';
import { formatCount, formatShare } from '../format.js';
import { type BinCounts, shares } from '../linkedCube.js';
import { shareLabel } from './config.js';

/** A bin's name, and the shares of selected and of all rows that it has. */
export interface LinkedBin {
  bin: string;
  reference: number;
  current: number;
  wholeReference: number;
  wholeCurrent: number;
  referenceText: string;
  currentText: string;
  wholeText: string;
}

export function linkedBins(names: string[], selected: BinCounts, whole: BinCounts): LinkedBin[] {
  const [reference, current] = [shares(selected.reference), shares(selected.current)];
  const [wholeReference, wholeCurrent] = [shares(whole.reference), shares(whole.current)];
  const text = (list: number[], counts: number[], i: number) =>
    `${formatShare(list[i])}  (${formatCount(counts[i] ?? 0)})`;
  return names.map((bin, i) => ({
    bin,
    reference: reference[i] ?? 0,
    current: current[i] ?? 0,
    wholeReference: wholeReference[i] ?? 0,
    wholeCurrent: wholeCurrent[i] ?? 0,
    referenceText: text(reference, selected.reference, i),
    currentText: text(current, selected.current, i),
    wholeText: `${formatShare(wholeReference[i])}, ${formatShare(wholeCurrent[i])}`,
  }));
}

/** Selected rows as bars by bin, in front of faint bars of all rows. */
export function linkedSpec(bins: LinkedBin[]): TopLevelSpec {
  const sides = bins.flatMap(({ bin, ...of }) => [
    { ...of, bin, side: 'reference', share: of.reference, whole: of.wholeReference },
    { ...of, bin, side: 'current', share: of.current, whole: of.wholeCurrent },
  ]);
  const y = {
    field: 'bin',
    type: 'nominal',
    sort: null,
    scale: { domain: bins.map(({ bin }) => bin), paddingInner: 0.25, paddingOuter: 0.15 },
    axis: { title: null, labelLimit: 190, domain: true },
  };
  const axis = {
    title: 'share of rows',
    grid: true,
    labelExpr: shareLabel,
    domain: false,
    ticks: false,
  };
  const x = { field: 'share', type: 'quantitative', axis };
  const yOffset = {
    field: 'side',
    type: 'nominal',
    sort: null,
    scale: { paddingInner: 0, paddingOuter: 0 },
  };
  const bySide = (side: string) => ({ filter: { field: 'side', equal: side } });
  const tooltip = [
    { field: 'bin', title: 'Bin' },
    { field: 'referenceText', title: 'Reference, selected' },
    { field: 'currentText', title: 'Current, selected' },
    { field: 'wholeText', title: 'All rows' },
  ];
  const bars = (side: string, style: string, field: string, band: number) => ({
    transform: [bySide(side)],
    mark: { type: 'bar', style, height: { band } },
    encoding: { y, x: { ...x, field }, yOffset, tooltip },
  });
  return {
    height: bins.length * 25 + 6,
    data: { values: sides },
    layer: [
      bars('reference', 'whole-reference', 'whole', 1),
      bars('current', 'whole-current-bar', 'whole', 1),
      bars('reference', 'reference', 'share', 0.55),
      bars('current', 'current-bar', 'share', 0.55),
    ],
  } as TopLevelSpec;
}
