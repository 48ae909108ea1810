import type { Channel, DriftReport, Finding } from '../../core/contract.js';
import { measureIds } from '../../renderer/measureNames.js';
import { statisticLines } from '../../renderer/statisticLines.js';
import type { Work, WorkTopic } from '../../renderer/work/work.js';
import { workOf } from '../../renderer/work/workOf.js';
import { runSnippets } from './runSnippets.js';

/** A report, and where the files stand that it is about. */
export interface Compared {
  report: DriftReport;
  folder: string;
}

export interface Checked {
  works: Asked[];
  checkedCount: number;
  faults: string[];
}

interface Asked {
  name: string;
  topic: WorkTopic;
  work: Work;
}

/** What rounding leaves open where SciPy takes a p-value as 1 less a sum. */
const smallest = 4e-15;

/** Runs the snippets of every number of the reports, all in one process, and says which print something else. */
export function checkWorks(compared: Compared[]): Checked[] {
  const all = compared.map(({ report }) => worksOf(report));
  const outcomes = runSnippets(
    all.flatMap((works, i) =>
      works.flatMap(({ work }) => {
        const { folder = '' } = compared[i] ?? {};
        return work.snippet === null ? [] : [{ code: work.snippet, folder }];
      }),
    ),
  );
  let next = 0;
  return all.map((works, i) => {
    const checked: Checked = { works, checkedCount: 0, faults: [] };
    const { report } = compared[i] as Compared;
    for (const asked of works) {
      if (asked.work.snippet === null) continue;
      const outcome = outcomes[next++] ?? { error: 'not run' };
      checked.faults.push(...faultsOf(asked, outcome, report));
      checked.checkedCount += asked.work.prints.length;
    }
    return checked;
  });
}

function worksOf(report: DriftReport): Asked[] {
  return report.columns.flatMap((finding) =>
    topicsOf(finding).flatMap((topic): Asked[] => {
      const work = workOf(topic, finding, report);
      return work === null ? [] : [{ name: finding.name, topic, work }];
    }),
  );
}

function faultsOf(
  { name, topic, work }: Asked,
  outcome: ReturnType<typeof runSnippets>[number],
  report: DriftReport,
): string[] {
  const where = `${name} ${Object.values(topic).join(' ')}`;
  if ('error' in outcome) return [`${where}: ${outcome.error}`];
  if (work.prints.length > 0 && outcome.printed.length !== work.prints.length)
    return [`${where}: prints ${JSON.stringify(outcome.printed)}`];
  return work.prints.flatMap(({ label, value }, j) => {
    const [printedLabel, printed] = outcome.printed[j] ?? ['', Number.NaN];
    const isNear = Math.abs(printed - value) <= 1e-9 * Math.abs(value) + rounding(topic, report);
    if (isNear && printedLabel === label) return [];
    return [`${where}: ${printedLabel} ${printed}, in the report ${label} ${value}`];
  });
}

/** SciPy finds H as the difference of two numbers of the size of the rows. */
function rounding(topic: WorkTopic, { reference, current }: DriftReport): number {
  if (topic.what !== 'measure' || topic.id !== 'kruskal-wallis') return smallest;
  return 8 * Number.EPSILON * 3 * (reference.rowCount + current.rowCount);
}

function topicsOf(finding: Finding): WorkTopic[] {
  const channels: Channel[] = ['schema', 'missing', 'support', 'shape'];
  return [
    ...measureIds.flatMap((id): WorkTopic[] => [
      { what: 'measure', id },
      { what: 'measure-q', id },
    ]),
    ...channels.flatMap((channel): WorkTopic[] => [
      { what: 'effect', channel },
      { what: 'p', channel },
      { what: 'q', channel },
    ]),
    ...statisticLines(finding).map(({ key }): WorkTopic => ({ what: 'statistic', key })),
  ];
}
