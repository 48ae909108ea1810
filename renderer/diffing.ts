import { diffReports } from '../core/diffReports.js';
import { readReport } from '../core/readReport.js';
import { toSentence } from './engine.js';
import { type Diffed, go, useStore } from './store.js';

/** Holds the report that is shown against an earlier one from a file; nothing leaves the page. */
export async function compareWithEarlier(file: File): Promise<void> {
  const { report } = useStore.getState();
  if (report === null) return;
  useStore.setState({ error: null });
  try {
    const earlier = await readReport(await file.text(), file.name);
    if (useStore.getState().report !== report) return;
    hold({ earlier, later: report });
    go({ view: 'diff', column: null });
  } catch (error) {
    useStore.setState({ error: toSentence(error) });
  }
}

/** The later one as the earlier one: the file may be the newer of the two. */
export function swapReports(): void {
  const { diffed } = useStore.getState();
  if (diffed !== null) hold({ earlier: diffed.later, later: diffed.earlier });
}

function hold(diffed: Diffed): void {
  useStore.setState({ diffed, diff: diffReports(diffed.earlier, diffed.later) });
}
