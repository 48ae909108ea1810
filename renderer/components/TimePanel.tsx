import type { TimeProfile, TimeSpan } from '../../core/contract.js';
import { formatDuration, formatNumber, formatTime } from '../format.js';

/** Where the times of both sides lie, how they are spaced, and whether the clock looks shifted. */
export function TimePanel({ time }: { time: TimeProfile }) {
  const { reference, current, shiftHours } = time;
  return (
    <section className="panel" data-testid="time">
      <h2 className="panel-title">Times (UTC)</h2>
      {shiftHours !== null && (
        <p className="time-shift">
          The hours of the current look shifted by {shiftWords(shiftHours)}, as by another time
          zone.
        </p>
      )}
      <table className="plain">
        <thead>
          <tr>
            <td />
            <th className="number">Reference</th>
            <th className="number">Current</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ label, write }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td className="number">{write(reference)}</td>
              <td className="number">{write(current)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** `+2 h`, `−5.5 h`. */
export function shiftWords(hours: number): string {
  return `${hours > 0 ? '+' : '−'}${formatNumber(Math.abs(hours))}\u202fh`;
}

const lines: { label: string; write: (span: TimeSpan) => string }[] = [
  { label: 'From', write: ({ start }) => formatTime(start, true) },
  { label: 'To', write: ({ end }) => formatTime(end, true) },
  {
    label: 'Length',
    write: ({ start, end }) => spanWords(Date.parse(end) - Date.parse(start)),
  },
  { label: 'Usual gap', write: ({ typicalGapMs }) => spanWords(typicalGapMs) },
  { label: 'Longest gap', write: ({ longestGapMs }) => spanWords(longestGapMs) },
  {
    label: 'which starts',
    write: ({ longestGapStart }) =>
      longestGapStart === null ? unknown : formatTime(longestGapStart, true),
  },
];

/** Of times that were too many to be held. */
const unknown = 'not looked at';

function spanWords(spanMs: number | null): string {
  if (spanMs === null) return unknown;
  return formatDuration(spanMs).replace('+', '');
}
