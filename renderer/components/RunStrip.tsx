import { Button, Progress } from '@mantine/core';
import { cancelComparison } from '../comparison.js';
import { type Run, useStore } from '../store.js';

/** A comparison that runs again, over the report that it will replace. */
export function RunStrip() {
  const run = useStore((state) => state.run);
  if (run === null || !run.isAgain) return null;
  const { columnCount, columns } = run;
  return (
    <aside className="run-strip" data-testid="run-strip" aria-label="Progress">
      <span role="status">{stageSentence(run)}</span>
      <Progress
        size="sm"
        value={columnCount ? (columns.length / columnCount) * 100 : 100}
        animated={columnCount === null}
        aria-label="Columns measured"
      />
      <Button data-testid="cancel" size="xs" onClick={cancelComparison}>
        Cancel
      </Button>
    </aside>
  );
}

export function stageSentence(run: Run): string {
  if (run.columnCount === null) return 'Reading both files';
  if (run.columns.length < run.columnCount) return 'Measuring column by column';
  return 'Judging all columns together';
}
