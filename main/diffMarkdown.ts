import type { ReportDiff } from '../core/index.js';
import { effect, optionWords, verdictWords } from './diffTable.js';
import { plainMarkdown as plain } from './plainMarkdown.js';

/** What changed, for a ticket or a pull request. */
export function diffMarkdown(diff: ReportDiff): string {
  const { earlier, later, headline, notes, options, columns, counts, added, removed } = diff;
  const rows = [
    ...columns
      .filter(({ change }) => change !== 'unchanged')
      .map(({ name, change, reason, earlier: was, later: is }) => [
        change,
        name,
        verdictWords(was, is),
        effect(was),
        effect(is),
        reason,
      ]),
    ...added.map(({ name, verdict, reason }) => ['added', name, verdict, '', '', reason]),
    ...removed.map(({ name, verdict }) => ['removed', name, verdict, '', '', '']),
  ];
  const list = [...notes, ...options.map((change) => `Option changed: ${optionWords(change)}`)];
  return [
    `## ${plain(headline)}`,
    '',
    `${plain(earlier.title)} (${plain(earlier.createdAt.slice(0, 10))}) → ${plain(later.title)} (${plain(later.createdAt.slice(0, 10))})`,
    '',
    ...list.flatMap((line) => [`- ${plain(line)}`]),
    ...(list.length > 0 ? [''] : []),
    ...(rows.length > 0
      ? [
          '| change | column | verdict | effect before | effect now | reason |',
          '|---|---|---|---|---|---|',
          ...rows.map((cells) => `| ${cells.map(plain).join(' | ')} |`),
          '',
        ]
      : []),
    `${counts.unchanged} unchanged.`,
    '',
  ].join('\n');
}
