import type { DriftReport, Finding } from '../core/index.js';
import { plainMarkdown as plain } from './plainMarkdown.js';
import { effectSize } from './summaryTable.js';
import { counted } from './terminalText.js';

/** Longer tables are no summary, and a comment has an end. */
const mostRows = 50;

/**
 * What a pull request needs of a report: the headline, the counts, the columns that need a look, and how to see it again.
 *
 * @param command - that makes the same report; null where it is not known
 */
export function reportMarkdown(report: DriftReport, command: string | null): string {
  const { summary, reference, current, notes, options, authorNotes } = report;
  const found = report.columns.filter(
    ({ verdict }) => verdict === 'drifted' || verdict === 'inconclusive',
  );
  const facts = [
    `Reference: ${plain(reference.name)}, ${counted(reference.rowCount, 'row')}; current: ${plain(current.name)}, ${counted(current.rowCount, 'row')}.`,
    `${counted(summary.columnCount, 'column')}: ${summary.driftedCount} drifted, ${summary.inconclusiveCount} inconclusive, ${summary.stableCount} stable, ${summary.skippedCount} skipped (alpha ${options.alpha}, ${options.correction}).`,
    ...notes.map(plain),
  ];
  const isNamed = !(options.title.includes(reference.name) && options.title.includes(current.name));
  return [
    `## ${plain(summary.headline)}`,
    '',
    ...(isNamed ? [`**${plain(options.title)}**`, ''] : []),
    ...(authorNotes?.report ? [authorNotes.report.trim(), ''] : []),
    ...facts.map((fact) => `- ${fact}`),
    '',
    ...(found.length > 0 ? table(found) : []),
    ...(command === null ? [] : ['To see the whole report:', '', ...fenced(command), '']),
  ].join('\n');
}

function table(found: Finding[]): string[] {
  const head = ['column', 'kind', 'verdict', 'effect', '95 % interval', 'limit', 'why'];
  const rows = found
    .slice(0, mostRows)
    .map(({ name, kind, verdict, severity, effect, reason }) => [
      plain(name),
      kind,
      severity === 'none' ? verdict : `${verdict}, ${severity}`,
      ...(effect
        ? [
            effectSize(effect, effect.value),
            effect.interval.map((end) => effectSize(effect, end)).join(' to '),
            effectSize(effect, effect.limit),
          ]
        : ['', '', '']),
      plain(reason),
    ]);
  const more = found.length - rows.length;
  return [
    ...[head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`),
    '',
    ...(more > 0 ? [`And ${more} more.`, ''] : []),
  ];
}

/** Between fences longer than any inside. */
function fenced(code: string): string[] {
  const longest = Math.max(2, ...Array.from(code.matchAll(/`+/g), ([marks]) => marks.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}sh`, code, fence];
}
