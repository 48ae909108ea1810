import { describe, expect, it } from 'vitest';
import { reportMarkdown } from '../../main/reportMarkdown.js';
import { exampleReport } from '../renderer/exampleReport.js';

const example = exampleReport(6);

describe('the summary for a pull request', () => {
  it('has headline, counts, and a line for each column that drifted or cannot be decided', () => {
    const lines = reportMarkdown(example, 'npx driftglass compare a.csv b.csv').split('\n');
    expect(lines[0]).toMatch(/^## /);
    const rows = lines.filter((line) => line.startsWith('| ')).slice(2);
    const found = example.columns.filter(({ verdict }) =>
      ['drifted', 'inconclusive'].includes(verdict),
    );
    expect(rows).toHaveLength(found.length);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row.match(/(?<!\\)\|/g)).toHaveLength(8);
    expect(lines.join('\n')).toContain('```sh\nnpx driftglass compare a.csv b.csv\n```');
    expect(reportMarkdown(example, null)).not.toContain('```');
  });

  it('takes nothing from a file for a mark', () => {
    const [first] = example.columns;
    if (first === undefined) throw new Error('no column');
    const name = 'a|b`c` [d](http://e) <img src=x> @everyone\n# big';
    const hostile = {
      ...example,
      columns: [{ ...first, name, reason: '**x** ![y](http://z)', verdict: 'drifted' as const }],
    };
    const text = reportMarkdown(hostile, 'a ```` b');
    const row = text.split('\n').find((line) => line.includes('everyone')) ?? '';
    expect(row.match(/(?<!\\)\|/g)).toHaveLength(8);
    expect(row).not.toMatch(/<img|(?<!\\)[`[]|@|:\/\/|(?<!\\)\*\*/);
    expect(text).toContain('`````sh\na ```` b\n`````');
  });

  it('has the author’s words as they are, and no more lines than can be read', () => {
    const [first] = example.columns;
    if (first === undefined) throw new Error('no column');
    const columns = Array.from({ length: 80 }, (_, i) => ({
      ...first,
      name: `c${i}`,
      verdict: 'drifted' as const,
    }));
    const authorNotes = { report: '**Look** at [this](https://x.org)', columns: {} };
    const text = reportMarkdown({ ...example, columns, authorNotes }, null);
    expect(text).toContain('**Look** at [this](https://x.org)');
    expect(text).toContain('And 30 more.');
  });
});
